namespace PropertyManager.Edge;

/// <summary>Names and numbers for made-up access networks. No two networks of a fleet share a name, and none is meant to be a real one.</summary>
internal static class NetworkNames
{
    /// <summary>The first of a stretch of 32-bit AS numbers that no registry has been given, so that no real network is named by accident.</summary>
    private const int FirstAsn = 1_000_000;

    /// <summary>Coprime to the number of names, so that counting on visits every name once.</summary>
    private const int Stride = 2_741;

    private static readonly string[] First = "Av Bel Cor Dun Er Fal Gar Hav Il Jor Kal Lum Mer Nev Ond Pav Quor Rav Sel Tam Ulv Ves Wen Zar".Split(
        ' '
    );

    private static readonly string[] Middle = "a e i o ama eli iro ona uri anu eta ilo osa ave ido uma".Split(' ');

    private static readonly string[] Last = "dra lis mond nath pell quist rand sund thel vane wick zell brin corr dane forth".Split(' ');

    private static readonly string[] Access =
        "Broadband Cable Fibre Net Online Telecom Mobile Communications Datacom Link Internet Connect Wireless".Split(' ');

    private static readonly string[] Carrier = ["Global Transit", "Backbone", "International", "Intercontinental"];

    /// <summary>The network number <paramref name="n"/> (0 … 6,143) of a fleet; a <paramref name="global"/> one is named like a carrier.</summary>
    public static IspNetwork Network(int seed, int n, bool global)
    {
        var names = First.Length * Middle.Length * Last.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(n, names);
        var start = (int)(SimulationRandom.Hash(seed, (long)Draw.NameStart, 0) % (ulong)names);
        var at = (int)((start + (long)n * Stride) % names);
        var root = First[at % First.Length] + Middle[at / First.Length % Middle.Length] + Last[at / (First.Length * Middle.Length)];
        var kinds = global ? Carrier : Access;
        var kind = kinds[(int)(SimulationRandom.Hash(seed, (long)Draw.NameKind, n) % (ulong)kinds.Length)];
        return new IspNetwork(FirstAsn + n, $"{root} {kind}");
    }
}
