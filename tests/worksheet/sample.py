"""A worded plan rich in everything a worksheet has to cope with: unknowns, long names, twelve KPIs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checklist.wording import load_phrases
from checklist.wording.view import (
    AnswerRow,
    ChainView,
    CheckRow,
    Column,
    Fact,
    FindingView,
    ItemView,
    KpiView,
    PointRow,
    RateView,
    SectionView,
    Shown,
    StageView,
    TableView,
    TodoView,
    WordedPlan,
)

PHRASES = Path(__file__).parents[2] / "content" / "phrases"
GROUPS = ("headings", "labels", "targets", "document")


@dataclass(frozen=True)
class Say:
    """Pick one of two texts by language."""

    language: str

    def __call__(self, ja: str, en: str) -> str:
        return ja if self.language == "ja" else en

    def shown(self, ja: str, en: str, provisional: bool = False) -> Shown:
        return Shown(self(ja, en), provisional=provisional)

    def unknown(self) -> Shown:
        note = self("「平均受注額」が分かると計算できます。", "Known once “Average deal size” is given.")
        return Shown(self("不明", "Unknown"), "unknown", note)

    def impossible(self) -> Shown:
        note = self(
            "今日より前の日付になるため、間に合いません。",
            "The date would be in the past, so this cannot be reached.",
        )
        return Shown(self("成立しません", "Impossible"), "impossible", note)


def sample_view(language: str) -> WordedPlan:
    """Return a plan of a site renewal in one language."""
    say = Say(language)
    return WordedPlan(
        language=language,
        words=sample_words(language),
        title=say("サイトリニューアルのKPI設定シート", "KPI worksheet: site renewal"),
        subtitle=say("製造業向け生産管理クラウド", "Production control cloud for manufacturers"),
        campaign_id="site_renewal",
        campaign=say("サイトリニューアル", "Site renewal"),
        made_on=say("2026年11月24日", "November 24, 2026"),
        path_text=say("すべての質問に回答", "Full set of questions"),
        kgi_sentence=say(
            "2027年9月30日までに、製造業向け生産管理クラウドの受注額を1億円にする。",
            "Reach 100,000,000 yen in orders for the production control cloud by September 30, 2027.",
        ),
        kgi=_kgi(say),
        verdict="conditional",
        verdict_text=say("条件付きで進められます", "Go ahead, with conditions"),
        verdict_body=say(
            "必須の項目に一部未整備のものがあります。下の作業と並行して、仮の目標で始められます。",
            "Some essential points are only partly in place. Start with provisional targets meanwhile.",
        ),
        items=tuple(_items(say)),
        chain=_chain(say),
        schedule=_schedule(say),
        schedule_note=say(
            "日数は中央値です。この日に生まれたリードの半分は、期日より後に受注します。",
            "These are medians: half of the leads made on that day close after the deadline.",
        ),
        goal_sections=(_section(say, "money"),),
        kpis=tuple(_kpis(say)),
        kpi_sections=(_section(say, "judging"),),
        findings=tuple(_findings(say)),
        todos=tuple(_todos(say)),
        provisional=(
            Fact(say("リードから商談への率", "Lead to opportunity rate"), say.shown("20%", "20%")),
            Fact(say("平均受注額", "Average deal size"), say.shown("3,000,000円", "3,000,000 yen")),
        ),
        sources=(
            say(
                "BtoBサイトの転換率調査(2024年、信頼度B)。フォーム到達から送信完了までの率。",
                "Survey of B2B site conversion (2024, grade B). Rate from form arrival to completed form.",
            ),
        ),
        answers=tuple(_answers(say)),
        footer=say("しるべ 質問セット 1.0.0 で作成", "Made with Shirube, questions 1.0.0"),
    )


def _section(say: Say, name: str) -> SectionView:
    table = TableView(
        caption=say("費用と粗利", "Cost and gross profit"),
        columns=(Column(say("項目", "Item")), Column(say("値", "Value"), numeric=True)),
        rows=(
            (Shown(say("施策の費用", "Cost")), say.shown("8,000,000円", "¥8,000,000", provisional=True)),
            (Shown(say("粗利", "Gross profit")), say.unknown()),
            (Shown(say("受注", "Deals")), say.impossible()),
        ),
    )
    intro = (say("費用が見合うかを、粗利で確かめます。", "Whether the cost pays is judged on gross profit."),)
    return SectionView(name, say("費用と成果", "Cost and return"), intro, (table,), intro)


def sample_words(language: str) -> dict[str, str]:
    """Return the fixed headings and labels."""
    phrases = load_phrases(PHRASES)
    return {
        f"{group}.{key}": text for group in GROUPS for key, text in phrases.group(language, group).items()
    }


def _kgi(say: Say) -> tuple[Fact, ...]:
    return (
        Fact(say("KGIの金額", "KGI amount"), say.shown("100,000,000円", "100,000,000 yen")),
        Fact(say("期日", "Deadline"), say.shown("2027年9月30日", "September 30, 2027")),
        Fact(say("既存顧客からの売上", "Revenue from existing customers"), say.shown("0円", "0 yen")),
        Fact(say("この施策が担う割合", "Share carried by this campaign"), say.shown("100%", "100%", True)),
        Fact(say("平均受注額", "Average deal size"), say.shown("3,000,000円", "3,000,000 yen", True)),
        Fact(say("見込み案件からの受注", "Expected from the open pipeline"), say.unknown()),
    )


def _items(say: Say) -> list[ItemView]:
    rows = [
        ("goal_clarity", "目標が明確か", "Is the goal clear?", "ready", 90),
        (
            "process_and_baseline",
            "プロセスと現状値を把握しているか",
            "Are process and baseline known?",
            "conditional",
            66,
        ),
        ("kpi_and_target", "KPIと目標値が決まっているか", "Are KPIs and targets set?", "fix_first", 25),
        (
            "operation_and_review",
            "運用と見直しの体制があるか",
            "Is there a routine for running and reviewing?",
            "not_judged",
            None,
        ),
    ]
    verdicts = {
        "ready": say("準備完了", "Ready"),
        "conditional": say("条件付き", "With conditions"),
        "fix_first": say("先に整備", "Fix first"),
        "not_judged": say("未判定", "Not judged"),
    }
    return [
        ItemView(
            id=name,
            title=say(ja, en),
            question=say(
                "KPIを決める前に、全員が同じ答えを言えますか。", "Would everybody give the same answer?"
            ),
            verdict=verdict,
            verdict_text=verdicts[verdict],
            score_text="" if percent is None else say("6問中5問に回答", "5 of 6 answered"),
            percent=percent,
            checks=() if percent is None else tuple(_checks(say, name)),
            points=_points(say),
        )
        for name, ja, en, verdict, percent in rows
    ]


def _checks(say: Say, item: str) -> list[CheckRow]:
    rows = [
        ("KGIを一文で言える", "The KGI fits in one sentence", "yes", "はい", "Yes", True),
        ("金額と期日が決まっている", "Amount and deadline are fixed", "yes", "はい", "Yes", True),
        (
            "商談の定義を営業と合意している",
            "Sales agrees on what an opportunity is",
            "partly",
            "一部",
            "Partly",
            True,
        ),
        (
            "過去12か月の件数を出せる",
            "Counts of the past twelve months are at hand",
            "no",
            "いいえ",
            "No",
            False,
        ),
        (
            "重複リードの数え方が決まっている",
            "Duplicates are counted one way",
            "unknown",
            "不明",
            "Not known",
            False,
        ),
    ]
    remedy = say(
        "営業責任者と30分の打ち合わせを開き、定義を一枚の文書にまとめます。",
        "Meet the head of sales for half an hour and write the definition on one page.",
    )
    return [
        CheckRow(
            f"{item}_{i}", say(ja, en), answer, say(a_ja, a_en), blocker, "" if answer == "yes" else remedy
        )
        for i, (ja, en, answer, a_ja, a_en, blocker) in enumerate(rows)
    ]


def _points(say: Say) -> tuple[PointRow, ...]:
    return (
        PointRow(
            say("数は絞る。", "Keep it short."),
            say("主要なKPIは5つまでにします。", "No more than five primary KPIs."),
        ),
        PointRow(
            say("行動で動くものを選ぶ。", "Choose what action can move."),
            say(
                "自分たちの行動で変えられる指標を選びます。",
                "A KPI the team cannot move is only a statistic.",
            ),
        ),
    )


def _chain(say: Say) -> ChainView:
    units = {"visit": "訪問", "lead": "リード", "opportunity": "商談", "deal": "受注"}
    english = {"visit": "Visits", "lead": "Leads", "opportunity": "Opportunities", "deal": "Deals won"}
    numbers = {
        "visit": ("66,666.67", "68,000", "77,300", "82,900"),
        "lead": ("666.67", "680", "773", "829"),
        "opportunity": ("133.33", "136", "155", "166"),
        "deal": ("33.33", "34", "38", "41"),
    }
    rates = {"visit": ("1%", True), "lead": ("20%", True), "opportunity": ("25%", False)}
    names = list(units)
    stages = tuple(_stage(say, name, names, units, english, numbers[name], rates.get(name)) for name in names)
    return ChainView(
        status="known",
        message=say(
            "受注34件に届くには、期間内に訪問が68,000件必要です。",
            "To win 34 deals, the campaign needs 68,000 visits in the period.",
        ),
        goal_part=say.shown("100,000,000円", "100,000,000 yen"),
        stages=stages,
        routes=(),
        forward_check=say(
            "確かめ: 訪問68,000件 → 受注34件 × 3,000,000円 = 102,000,000円 ≥ 100,000,000円",
            "Check: 68,000 visits → 34 deals × 3,000,000 yen = 102,000,000 yen ≥ 100,000,000 yen",
        ),
        chance=(
            say(
                "リード680件で受注34件以上となる確率は52%です。",
                "With 680 leads the chance of 34 or more deals is 52%.",
            ),
            say("80%なら773件、90%なら829件を見込みます。", "Plan for 773 leads for 80%, 829 for 90%."),
        ),
        footnotes=(
            say(
                "各段階はそれぞれ切り上げるため、隣り合う数の掛け算とは少しずれます。",
                "Each stage is rounded up by itself, so neighbours may not multiply exactly.",
            ),
            say(
                "確率は、率が正しくリードが互いに独立だとした場合の最良の見積もりです。",
                "The chances assume that the rates hold and leads are independent: a best case.",
            ),
        ),
    )


def _stage(
    say: Say,
    name: str,
    names: list[str],
    units: dict[str, str],
    english: dict[str, str],
    numbers: tuple[str, ...],
    rate: tuple[str, bool] | None,
) -> StageView:
    def count(number: str) -> Shown:
        return say.shown(f"{number}件", number)

    following = names[names.index(name) + 1] if rate else ""
    view = None
    if rate:
        view = RateView(
            id=f"{name}_to_{following}",
            title=say(
                f"{units[name]}から{units[following]}への率",
                f"{english[name]} to {english[following].lower()}",
            ),
            shown=Shown(rate[0], provisional=rate[1]),
            source=say("公表値", "Published") if rate[1] else say("自社実績", "Own record"),
            citation=say("2025年度 200件中40件(6か月)", "40 of 200 in six months"),
        )
    return StageView(
        id=name,
        title=say(units[name], english[name]),
        definition=say("同じ人は1件と数えます。", "Each person counts once."),
        exact=count(numbers[0]),
        required=count(numbers[1]),
        required_80=count(numbers[2]),
        required_90=count(numbers[3]),
        run_rate=say.unknown() if name == "visit" else count("12"),
        uplift=say.unknown() if name == "visit" else count("22"),
        rate=view,
    )


def _schedule(say: Say) -> tuple[Fact, ...]:
    return (
        Fact(say("KGIの期日", "KGI deadline"), say.shown("2027年9月30日", "September 30, 2027")),
        Fact(say("商談の期限", "Last day for opportunities"), say.shown("2027年6月30日", "June 30, 2027")),
        Fact(say("リードの期限", "Last day for leads"), say.impossible()),
    )


KPIS = (
    ("deals", "受注件数", "Deals won", "final"),
    ("order_amount", "受注額", "Orders received", "final"),
    ("valid_leads", "有効リード数", "Valid leads", "primary"),
    ("form_completion", "フォーム完了率", "Form completion rate", "primary"),
    (
        "key_page_visits",
        "重要ページの閲覧数(サービス・料金・導入事例の3種類の合計)",
        "Visits to key pages (services, prices and case studies taken together)",
        "primary",
    ),
    ("opportunities", "商談数", "Opportunities", "primary"),
    ("lead_to_opportunity", "商談化率", "Lead to opportunity rate", "primary"),
    ("first_response", "初回対応までの時間", "Time to first response", "guardrail"),
    ("page_speed", "表示速度(LCP)", "Page speed (LCP)", "guardrail"),
    ("organic_visits", "自然検索からの訪問数", "Visits from organic search", "guardrail"),
    ("spam_share", "迷惑メール報告率", "Spam complaint rate", "guardrail"),
    ("cost_per_lead", "リード獲得単価", "Cost per lead", "guardrail"),
)


def _kpis(say: Say) -> list[KpiView]:
    return [_kpi(say, index, *row) for index, row in enumerate(KPIS)]


def _kpi(say: Say, index: int, name: str, ja: str, en: str, role: str) -> KpiView:
    roles = {
        "final": say("最終KPI", "Final KPI"),
        "primary": say("主要KPI", "Primary KPI"),
        "guardrail": say("ガードレール", "Guardrail"),
    }
    known = index not in (4, 7)
    return KpiView(
        id=name,
        title=say(ja, en),
        role=role,
        role_text=roles[role],
        reasons=(say("リニューアルの目的が獲得だからです。", "The purpose of the renewal is acquisition."),),
        purpose=say("KGIに最も近い件数を早めに押さえます。", "It shows early whether the goal is in reach."),
        definition=say(
            "売り込みや対象外を除いたリードの数です。", "Leads without sales pitches and outsiders."
        ),
        formula=say("フォーム完了数 ÷ フォーム到達数", "Completed forms ÷ form arrivals"),
        stage_text=say("中間", "Middle"),
        better_text=say("高いほど良い", "Higher is better"),
        timing="leading",
        timing_text=say("先行指標", "Leading"),
        baseline=say.shown("420件", "420") if known else say.unknown(),
        must=say.shown(f"{600 + index}件", f"{600 + index}", index % 2 == 1) if known else say.unknown(),
        target=say.shown(f"{700 + index}件", f"{700 + index}", index % 2 == 1) if known else say.unknown(),
        stretch=say.shown(f"{800 + index}件", f"{800 + index}", index % 2 == 1) if known else say.unknown(),
        ratio=say("1.67倍", "1.67×") if known else "",
        limit=say("0.3%以下(送信者ガイドライン)", "At most 0.3% (sender guidelines)")
        if name == "spam_share"
        else "",
        source=say("MAとSFAの月次レポート", "Monthly report of MA and CRM"),
        cadence=say("毎週", "Weekly"),
        red_action=say(
            "入力項目を減らし、2週間後に見直します。", "Cut form fields and look again in two weeks."
        ),
        pitfall=say("件数だけを追うと質が下がります。", "Chasing volume alone lowers quality."),
        guardrails=(say("リード獲得単価", "Cost per lead"), say("迷惑メール報告率", "Spam complaint rate")),
    )


def _findings(say: Say) -> list[FindingView]:
    rows = [
        (
            "late",
            "critical",
            "重大",
            "Critical",
            "リードの期限がすでに過ぎています",
            "The last day for leads has passed",
        ),
        (
            "few",
            "warning",
            "注意",
            "Warning",
            "必要な訪問数が現状の5倍です",
            "The visits needed are five times today’s",
        ),
        (
            "rate",
            "warning",
            "注意",
            "Warning",
            "商談化率は公表値のままです",
            "Lead to opportunity is still a published figure",
        ),
        (
            "tax",
            "info",
            "参考",
            "Note",
            "金額は税抜でそろえてください",
            "Keep amounts free of tax throughout",
        ),
    ]
    body = say(
        "期日を延ばすか、すでにある見込み客から始める計画に変えると届く可能性があります。",
        "Move the deadline, or begin with contacts you already have; either brings it back in reach.",
    )
    return [
        FindingView(i, level, say(ja, en), say(t_ja, t_en), body) for i, level, ja, en, t_ja, t_en in rows
    ]


def _todos(say: Say) -> list[TodoView]:
    texts = [
        (
            "過去12か月のリードと商談の件数をSFAから出す",
            "Pull twelve months of leads and opportunities from the CRM",
        ),
        ("商談の定義を営業と合意し、文書にする", "Agree with sales what an opportunity is, in writing"),
        ("平均受注額を直近20件で計算し直す", "Work out the average deal from the last twenty"),
        ("公開前の計測設定を固定する", "Freeze tracking before launch"),
        ("週次の確認会を予定に入れる", "Put the weekly review in the calendar"),
    ]
    return [TodoView(f"todo_{i}", say(ja, en), "") for i, (ja, en) in enumerate(texts)]


def _answers(say: Say) -> list[AnswerRow]:
    sections = [
        ("施策と目的", "Campaign and purpose"),
        ("KGI", "KGI"),
        ("現状値", "Baseline"),
        ("運用", "Operation"),
    ]
    return [
        AnswerRow(
            f"question_{index}_{number}",
            say(ja, en),
            say(
                f"この施策で達成したいことは何ですか(その{number})",
                f"What should the campaign achieve ({number})?",
            ),
            say("問い合わせと資料請求を増やす", "More inquiries and document requests"),
        )
        for index, (ja, en) in enumerate(sections)
        for number in range(1, 10)
    ]
