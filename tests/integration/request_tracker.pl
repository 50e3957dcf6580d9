# Fill a fresh Request Tracker 5 with tickets for test_request_tracker.py, and print the token of
# a user who may see them and nothing else.
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use RT -init;

my $system = RT->SystemUser;
my $canary = $ENV{CANARY};

sub done {
    my ($id, $message) = @_;
    die "$message\n" unless $id;
    return $id;
}

my $field = RT::CustomField->new($system);
my $field_id = done($field->Create(Name => 'Topic', Type => 'SelectSingle', Queue => 0,
    LookupType => 'RT::Queue-RT::Ticket'));
done($field->AddValue(Name => $_)) for ('fees', 'deposit', 'login');

my $user = RT::User->new($system);
done($user->Create(Name => 'fetcher', Privileged => 1));
done($user->PrincipalObj->GrantRight(Object => $RT::System, Right => $_))
    for ('SeeQueue', 'ShowTicket', 'SeeCustomField');

# Topic, tickets, days ago: from the newest to the oldest.
for my $batch (['fees', 120, 1], ['deposit', 70, 2], ['login', 40, 3], ['login', 20, 60]) {
    my ($topic, $tickets, $age) = @$batch;
    for my $number (1 .. $tickets) {
        my $ticket = RT::Ticket->new($system);
        done($ticket->Create(
            Queue => 'General',
            Subject => ($number % 2 ? "提现没有到账 $canary" : "My money is gone $canary"),
            Requestor => 'customer' . ($number % 100) . "$canary\@example.com",
            "CustomField-$field_id" => $topic,
        ));
        my $time = RT::Date->new($system);
        $time->Set(Format => 'unix', Value => time - $age * 86400);
        done($ticket->__Set(Field => 'Created', Value => $time->ISO));
        done($ticket->SetStatus('resolved')) if $number == 1;
        done($ticket->SetStatus('deleted')) if $number == 2;
        done($ticket->MergeInto($ticket->id - 1)) if $number == 4;
    }
}

my $token = RT::AuthToken->new($system);
my ($id, $message, $secret) = $token->Create(Owner => $user->id, Description => 'fetch');
done($id, $message);
print "$secret\n";
