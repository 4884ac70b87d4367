namespace PropertyManager.Web.Engine;

/// <summary>The key under which services know the <see cref="TimeProvider"/> of simulated time; the one without a key is real.</summary>
public static class Simulated
{
    public const string Time = "simulated";
}
