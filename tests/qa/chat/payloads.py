"""Text that tries to be more than text.

Each would run a script, or fetch from another host, if it were drawn as HTML, as Markdown, or as a template.
"""

HOST = "http://evil.example"

HOSTILE = (
    "<script>window.fired=1</script>",
    "<img src=x onerror=window.fired=1>",
    f"<img src={HOST}/a.png>",
    f'<img srcset="{HOST}/b.png 1x">',
    "<svg onload=window.fired=1></svg>",
    f'<svg><use href="{HOST}/c.svg#x"></use></svg>',
    f"<svg><image href={HOST}/d.png></image></svg>",
    "<a href=javascript:window.fired=1>klik</a>",
    f'<iframe src="{HOST}/e"></iframe>',
    '<iframe srcdoc="<script>parent.fired=1</script>"></iframe>',
    f'<object data="{HOST}/f"></object>',
    f'<embed src="{HOST}/g">',
    f'<link rel=stylesheet href="{HOST}/h.css">',
    f"<style>@import url({HOST}/i.css);</style>",
    f'<div style="background:url({HOST}/j.png)">x</div>',
    f'<video poster="{HOST}/k.png" src="{HOST}/k.mp4" autoplay></video>',
    f'<audio src="{HOST}/l.mp3" autoplay></audio>',
    f'<base href="{HOST}/">',
    f'<meta http-equiv=refresh content="0;url={HOST}/m">',
    f'<form action="{HOST}/n"><input autofocus onfocus=window.fired=1></form>',
    "<details open ontoggle=window.fired=1>x</details>",
    f"![billede]({HOST}/o.png)",
    f"[Log ind]({HOST}/p)",
    f"![][q]\n\n[q]: {HOST}/q.png",
    "[klik](javascript:window.fired=1)",
    "${window.fired=1}",
    '${Reflect.set(window,"fired",1)}',
    "{{#each value}}{{this}}{{/each}} {{value}}",
    "`+(window.fired=1)+`",
    "</p></div></section><script>window.fired=1</script>\\u003cscript\\u003e",
)

TRICKY = (
    "$$100$$ og $200$ pr. barn, **fed**, _kursiv_, `kode`, [1] [7]",
    "&lt;b&gt; &amp; &#60;",
    "ord" * 300,
    "🇩🇰 e\u0301 \U0001f468\u200d\U0001f469\u200d\U0001f467",
)
"""Text that must be shown exactly as it is."""
