"""Feeds of the courts: one line an entry, the case in the title."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from tests.formats.docket.test_reading import read
from vaughn.formats.docket import DocketKind

FEED = """<?xml version='1.0' encoding='ISO-8859-1'?><rss version="2.0"><channel>
<title>Southern District of New York - Recent Entries</title><link>https://ecf.nysd.uscourts.gov</link>
<item><title><![CDATA[1:10-cv-03488-SAS Food &amp; Network et al v. ICE]]></title>
<link>https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?361875</link>
<description><![CDATA[[Order on Motion to Stay] (<a href="https://ecf.nysd.uscourts.gov/doc1/12718888888?caseid=361875&amp;de_seq_num=9">97</a>)]]></description>
<pubDate>Fri, 17 Jun 2011 11:57:38 EST</pubDate></item>
<item><title>11-711 USA v. Network</title><link>https://ecf.ca2.uscourts.gov/x</link>
<description>[Order Filed (CLERK)] (&lt;a href='https://ecf.ca2.uscourts.gov/docs1/00118888888'>Document&lt;/a>)</description>
<pubDate>Fri, 17 Jun 2011 11:57:38 GMT</pubDate></item>
<item><title>1:10-cv-03488-SAS Food &amp;amp; Network et al v. ICE</title><description>[Notice]</description>
<pubDate>never</pubDate></item>
<item><title>No case here</title></item></channel></rss>"""


def test_entries_of_a_feed_are_gathered_by_case(tmp_path):
    """A feed tells of every case of the court."""
    found = read(tmp_path, FEED)
    assert (found.kind, found.court_id, found.docket_number) == (DocketKind.FEED, "nysd", "1:10-cv-03488")
    assert (found.case_name, found.pacer_case_id) == ("Food & Network v. ICE", "361875")
    order, notice = found.entries
    assert (order.number, order.pacer_doc_id, order.pacer_seq_no) == ("97", "12708888888", "9")
    assert order.short_description == "Order on Motion to Stay"
    assert order.moment == datetime(2011, 6, 17, 11, 57, 38, tzinfo=timezone(timedelta(hours=-5)))
    assert order.date_filed == date(2011, 6, 17)
    assert (notice.short_description, notice.date_filed) == ("Notice", None)
    (appeal,) = found.others
    assert (appeal.court_id, appeal.docket_number, appeal.case_name) == ("ca2", "11-711", "United States v. Network")
    assert appeal.entries[0].moment == datetime(2011, 6, 17, 11, 57, 38, tzinfo=UTC)
    assert (appeal.entries[0].number, appeal.entries[0].pacer_doc_id) == (None, "00108888888")


def test_what_a_feed_leaves_out_is_found(tmp_path):
    """An entry without a case, one without a moment."""
    assert sorted(one.code for one in read(tmp_path, FEED).findings) == ["DK001", "DK002"]


def test_an_empty_feed_holds_no_case(tmp_path):
    """Courts publish one at night."""
    assert [one.code for one in read(tmp_path, "<rss><channel></channel></rss>").findings] == ["DK007"]
