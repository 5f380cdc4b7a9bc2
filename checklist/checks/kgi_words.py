"""The words by which a KGI sentence is told apart: results, activities, and what names no business."""

from __future__ import annotations

RESULT = (
    "受注|売上|売り上げ|契約|成約|商談|案件|アポ|粗利|利益|\\barr|\\bmrr|\\bltv|問い?合わ?せ|引き?合い|リード|"
    "資料請求|顧客|取引先|導入|パイプライン|申し?込み?|購入|"
    "deal|order|contract|sales|revenue|turnover|opportunit|pipeline|customer|client|booking|profit|margin|"
    "lead|inquir|enquir|meeting|appointment|win rate|subscription"
)

ACTIVITY = (
    "流入|アクセス|セッション|訪問|閲覧|ページビュー|\\bpv|pv数?|\\buu|フォロワー|インプレッション|表示回数|"
    "いいね|再生|メルマガ会員|メール配信|配信数|記事|投稿|ダウンロード数|露出|"
    "page ?views?|traffic|sessions?|visits?|visitors?|followers?|impressions?|likes?|clicks?|posts?|articles?"
)

_EMPTY_JA = (
    "新規|既存|獲得|達成|増や[しす]|増加|増|減|伸ば[しす]|伸び|拡大|向上|改善|目指[しす]|目標|以上|以下|まで|"
    "合計|累計|年間|月間|月次|年次|毎月|毎年|とにかく|できるだけ|なるべく|もっと|前年|昨年|昨対|同期|今|"
    "金額|件数|人数|社数|総額|額|高|率|数|比|対|前|比較|分|約|計|末|中|内|間|第|度|期|年|月|日|円"
)
_EMPTY_EN = (
    "the|a|an|of|in|on|to|by|from|for|at|with|and|or|per|than|as|our|we|will|is|be|this|that|it|its|"
    "new|more|total|net|gross|existing|additional|qualified|closed|won|win|wins|rate|number|amount|value|"
    "reach|achieve|win|get|grow|growth|increase|increased|raise|hit|make|close|generate|bring|book|double|"
    "up|over|last|year|years|month|monthly|annual|yearly|quarter|end|date|fiscal|percent|yen|jpy|"
    "before|until|within|during|through|much|many|possible|just|only|least|about|kgi|goal|target|"
    "received|booked|signed|worth"
)

EMPTY = (
    rf"(?:{RESULT})(?:ies|y|s|ed|ing)?|(?:{ACTIVITY})|{_EMPTY_JA}|\b(?:{_EMPTY_EN})\b|"
    r"[ぁ-ん]+|[^一-龥ァ-ヶーa-z0-9]+"
)

GENERIC = (
    "事業部?|サービス|製品|商品|向け|国内|海外|新規|既存|顧客|企業|株式会社|システム|ソリューション|"
    r"\b(?:business|services?|products?|customers?|companies|company|japan|market|team|sales|with|from|unit)\b"
)
