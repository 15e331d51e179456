"""Redirects are followed by hand, recorded, and judged by where they lead."""

from tests.publisher.answers import Answer, html, redirect

PAGE = "<html><body><p>正文</p></body></html>"


def test_every_hop_is_recorded(site, ask):
    site.answer("/a.html", redirect("/b.html", 301))
    site.answer("/b.html", redirect("c.html?x=1#part", 302))
    site.page("/c.html", PAGE)
    result = ask(site.url("/a.html"))
    assert result.outcome == "ok"
    assert result.final_url == site.url("/c.html?x=1")
    assert [(hop.url, hop.status, hop.location) for hop in result.hops] == [
        (site.url("/a.html"), 301, site.url("/b.html")),
        (site.url("/b.html"), 302, site.url("/c.html?x=1")),
    ]


def test_a_moved_host_is_followed(site, publishers, ask):
    newer = publishers()
    newer.page("/art/1.html", PAGE)
    site.answer("/art/1.html", redirect(newer.url("/art/1.html"), 301))
    assert ask(site.url("/art/1.html")).final_url == newer.url("/art/1.html")


def test_a_front_page_that_was_asked_for_may_lead_to_one(site, ask):
    site.answer("/", redirect("/index.html"))
    site.page("/index.html", PAGE)
    assert ask(site.url("/")).outcome == "ok"


def test_a_site_that_sets_a_cookie_and_points_at_itself(site, ask):
    def gate(seen):
        if "visited=1" in seen.headers.get("cookie", ""):
            return html(PAGE)
        return redirect("/a.html").with_header("Set-Cookie", "visited=1; Path=/")

    site.route("/a.html", gate)
    assert ask(site.url("/a.html")).outcome == "ok"
    ask(site.url("/a.html"))
    assert "cookie" not in site.asked("/a.html")[2].headers, "cookies end with the fetch"


def test_a_page_that_is_only_a_pointer(site, ask):
    site.page("/new.html", PAGE)
    for pointer in (
        "<script>window.location.href='/new.html'</script>",
        '<html><head><meta http-equiv="refresh" content="0; url=/new.html"></head></html>',
        '<script>var _cofing1={href:"/new.html"};</script>',
    ):
        site.answer("/a.html", html(pointer))
        result = ask(site.url("/a.html"))
        assert (result.outcome, result.final_url) == ("ok", site.url("/new.html"))
        assert result.hops[0].by == "page"


def test_a_page_with_text_of_its_own_is_no_pointer(site, ask):
    text = "<p>" + "各地区各部门要认真组织实施。" * 30 + "</p>"
    site.answer("/a.html", html(text + "<script>location.href='/new.html'</script>"))
    assert ask(site.url("/a.html")).final_url == site.url("/a.html")


def test_a_wall_is_never_walked_through(site, ask):
    wall = "<script>document.cookie='__jsl_clearance=1';location.href='/a.html?k=1'</script>"
    site.answer("/a.html", html(wall))
    ask(site.url("/a.html"))
    assert len(site.asked("/a.html")) == 1


def test_a_location_in_raw_chinese(site, ask):
    raw = "/通知.html".encode().decode("latin-1")
    site.page("/通知.html", PAGE)
    site.answer("/a.html", redirect(raw))
    assert ask(site.url("/a.html")).outcome == "ok"


def test_a_post_becomes_a_get_after_302_and_stays_one_after_307(site, ask):
    site.answer("/to", html(PAGE))
    site.answer("/see", redirect("/to", 302))
    site.answer("/same", redirect("/to", 307))
    ask(site.url("/see"), body=b"page=1")
    ask(site.url("/same"), body=b"page=1")
    assert [(seen.method, seen.body) for seen in site.asked("/to")] == [
        ("GET", b""),
        ("POST", b"page=1"),
    ]


def test_an_error_page_by_name_is_gone_with_its_trace(site, ask):
    site.answer("/a.html", redirect("/error/404.html"))
    result = ask(site.url("/a.html"))
    assert (result.outcome, len(result.hops)) == ("gone", 1)
    assert not site.asked("/error/404.html")


def test_too_many_hops(site, ask):
    site.route("/n", lambda seen: redirect(f"/n?i={int(seen.query.get('i', 0)) + 1}"))
    assert ask(site.url("/n")).outcome == "redirect_loop"
    assert len(site.asked("/n")) <= 11


def test_an_empty_answer_is_an_answer(site, ask):
    site.answer("/a", Answer(b""))
    assert ask(site.url("/a")).outcome == "ok"
