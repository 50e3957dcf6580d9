"""Words that carry no or little meaning of their own in a question, in both languages.

Lists of a language, not of a field: what the glossary calls generic is there. They travel with the
index, so that the engine has the same ones.
"""

from __future__ import annotations

_PASSABLE = """
a an the my your our his her their is are was were be been being am i we has have had did do
does it its this that yet still to of in
的 了 还 都 也 就 吗 呢 啊 吧 是 我 被 给 到 着 过
"""

_ENGLISH = """
about after again all already also am an and another any anymore anyone anything are as at ago
be because been before being but by can cannot could did didnt do does doesnt doing done dont
down else even ever every few for from get gets getting give go goes going gone got gotten had
has hasnt have havent having he hello help her here hey hi him his how however i id if im in
instead into is isnt it its ive just keep keeps know let lets like ll many may maybe me might
mine more most much must my need needs no nobody none not nothing now of off oh ok okay on once
one only or other our out over own people please pls plz possible put re really s said same saw
say says see seem seems she should so some somebody someone something soon still such sure t
than thank thanks that the their them then there these they thing things think this those though
through to today together told tonight too took tried try trying two u under until up us use
used using ur ve very via want wanted wants was wasnt way we well went were what whats when
where whether which while who whole why will with without wont would wouldnt yes yesterday yet
you your yours a able across actually around away both came come guys happen happened happening
happens idk literally lot make makes man means mean morning night hour hours day days week weeks
month months minute minutes since long time times take takes urgent asap anybody advice
desperate scared worried freaking panic somehow suddenly apparently bro sir madam dear kindly
tell tells telling ask asked asks lol omg wtf hell damn stuff usually basically gonna wanna gotta
"""

_CHINESE = """
吗 呢 吧 啊 呀 哦 嘛 啦 呗 嗯 哎 唉 哈 了 的 地 得 着 过 是 我 我们 你 你们 您 他 他们 她 她们
它 它们 自己 大家 怎么 怎么办 怎么样 怎样 如何 为什么 为何 为啥 什么 啥 咋 咋办 办 哪里 哪儿
在哪 在哪里 可以 能 能不能 可不可以 还 还能 还是 就 都 也 很 太 才 又 再 把 被 给 让 和 与 或 及
而 于 以 之 其 该 在 到 从 往 向 对 请 请问 帮 帮我 一下 这 这个 那 那个 有 没 没有 不 不能 不了
会 会不会 要 要不要 需要 想 一直 半天 里 里面 上 下 中 个 急 求助 谢谢 麻烦 大神 各位 如果 但是
因为 所以 然后 是不是 是否 已经 现在 到底 究竟 东西 试试 好像 居然 竟然 其实 结果 老是 总是 突然
那边 这边 人家 什么样 我的 你的 他的 她的 这些 那些
"""

NEGATIONS = {
    **dict.fromkeys(["didnt", "doesnt", "dont", "wont", "wouldnt", "aint"], "not"),
    **dict.fromkeys(["hasnt", "havent", "hadnt", "isnt", "arent", "wasnt", "werent"], "not"),
    **dict.fromkeys(["cant", "couldnt"], "cannot"),
}
"""What short forms are compared as: one phrase "not received" serves them all."""

PASSABLE = frozenset(_PASSABLE.split())
"""May stand inside a phrase of the glossary without breaking it: "has not yet arrived"."""

STOP = frozenset(_ENGLISH.split()) | frozenset(_CHINESE.split())
"""Find nothing alone."""
