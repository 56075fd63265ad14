"""The charts of an audit's report: what was missed by duty and by month, and how long past the limit.

What enters: a connection with the summary and findings. What leaves: SVG texts, drawn without a browser or network.
"""

from typing import Any

import duckdb

INK, PALE = "#2f4858", "#9fb4c0"


def charts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The charts by title; none where there is nothing to draw."""
    found = {}
    by_duty = connection.execute(
        "select replace(duty, '_', ' ') as duty, sum(missed) as missed, sum(cannot_tell) as open from summary group by duty"
    ).fetchall()
    if by_duty:
        found["Cases by duty"] = _bars_by_duty(by_duty)
    by_month = connection.execute(
        """select month // 100 || '-' || lpad((month % 100)::varchar, 2, '0') as month, sum(missed) as missed
        from summary where month is not null and duty = 'over_limit' group by month order by month"""
    ).fetchall()
    if by_month:
        found["Held past the earliest limit, by month"] = _bars_by_month(by_month)
    hours = connection.execute(
        """select case when seconds < 3600 then '0 under 1 h' when seconds < 6 * 3600 then '1 1 to 6 h'
            when seconds < 24 * 3600 then '2 6 to 24 h' when seconds < 72 * 3600 then '3 1 to 3 days'
            when seconds < 7 * 86400 then '4 3 to 7 days' else '5 a week or more' end as band, count(*) as cases
        from findings where duty = 'over_limit' and verdict = 'missed' group by band order by band"""
    ).fetchall()
    if hours:
        found["How long past the earliest limit"] = _bands(hours)
    return found


def _svg(chart: Any) -> str:
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(chart.to_json())
    return drawn


def _base(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.Data(values=rows)).properties(width=560, background="transparent")


def _bars_by_duty(rows: list[tuple[Any, ...]]) -> str:
    import altair as alt

    long = [
        {"duty": duty, "verdict": verdict, "cases": int(number)}
        for duty, missed, open_ in rows
        for verdict, number in (("missed", missed), ("cannot tell", open_))
    ]
    chart = _base(long).mark_bar().encode(
        x=alt.X("cases:Q", title="cases"),
        y=alt.Y("duty:N", sort="-x", title=None, axis=alt.Axis(labelLimit=240)),
        color=alt.Color("verdict:N", scale=alt.Scale(domain=["missed", "cannot tell"], range=[INK, PALE]), title=None),
    )  # fmt: skip
    return _svg(chart.configure_view(stroke=None))


def _bars_by_month(rows: list[tuple[Any, ...]]) -> str:
    import altair as alt

    values = [{"month": month, "cases": int(missed)} for month, missed in rows]
    chart = _base(values).mark_bar(color=INK).encode(x=alt.X("month:O", title=None), y=alt.Y("cases:Q", title="cases"))
    return _svg(chart.properties(height=200).configure_view(stroke=None))


def _bands(rows: list[tuple[Any, ...]]) -> str:
    import altair as alt

    values = [{"band": band[2:], "order": band[0], "cases": int(cases)} for band, cases in rows]
    chart = _base(values).mark_bar(color=INK).encode(
        x=alt.X("cases:Q", title="cases"), y=alt.Y("band:N", sort=alt.SortField("order"), title=None)
    )  # fmt: skip
    return _svg(chart.configure_view(stroke=None))
