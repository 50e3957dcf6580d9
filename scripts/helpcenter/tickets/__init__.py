"""From a helpdesk export to the order of the FAQ, without a word of any ticket."""
