using System.Collections.Frozen;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Which continent a country is on, as the criterion userLocation counts them.</summary>
public static class Continents
{
    private static readonly FrozenDictionary<string, string> ByCountry = new[]
    {
        (
            "AF",
            "DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU YT MA MZ NA NE NG RE RW SH ST SN SC SL SO ZA SS SD TZ TG TN UG EH ZM ZW"
        ),
        ("AN", "AQ BV GS HM TF"),
        (
            "AS",
            "AF AM AZ BH BD BT BN KH CN CY GE HK IN ID IR IQ IL JP JO KZ KP KR KW KG LA LB MO MY MV MN MM NP OM PK PS PH QA SA SG LK SY TW TJ TH TL TR TM AE UZ VN YE IO CX CC"
        ),
        (
            "EU",
            "AX AL AD AT BY BE BA BG HR CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE XK LV LI LT LU MT MD MC ME NL MK NO PL PT RO RU SM RS SK SI ES SJ SE CH UA GB VA"
        ),
        ("NA", "AI AG AW BS BB BZ BM BQ VG CA KY CR CU CW DM DO SV GL GD GP GT HT HN JM MQ MX MS NI PA PR BL KN LC MF PM VC SX TT TC US VI"),
        ("OC", "AS AU CK FJ PF GU KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV UM VU WF"),
        ("SA", "AR BO BR CL CO EC FK GF GY PY PE SR UY VE"),
    }
        .SelectMany(continent => continent.Item2.Split(' ').Select(country => (country, continent.Item1)))
        .ToFrozenDictionary(pair => pair.country, pair => pair.Item1, StringComparer.Ordinal);

    /// <summary>ISO 3166-1 alpha-2 codes of all countries, in no order.</summary>
    public static IReadOnlyCollection<string> Countries => ByCountry.Keys;

    /// <summary>AF, AN, AS, EU, NA, OC or SA; empty for a country that is not known.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 code, upper case.</param>
    public static string Of(string country) => ByCountry.GetValueOrDefault(country, "");
}
