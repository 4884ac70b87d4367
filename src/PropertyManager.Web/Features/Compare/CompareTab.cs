using PropertyManager.Web.Shell.Parts;

namespace PropertyManager.Web.Features.Compare;

/// <summary>In what terms two versions are compared.</summary>
public enum CompareTab
{
    /// <summary>By what the rules mean.</summary>
    Rules,

    /// <summary>By the hostnames that are served.</summary>
    Hostnames,

    /// <summary>By the lines that the edge is told.</summary>
    Xml,

    /// <summary>By how the property's users are answered.</summary>
    Behaviour,
}

/// <summary>Tabs as they stand in addresses.</summary>
internal static class CompareTabs
{
    /// <summary>The tab of <c>?view=</c>; the rules when it is none.</summary>
    public static CompareTab Of(string? view) =>
        view switch
        {
            "hostnames" => CompareTab.Hostnames,
            "xml" => CompareTab.Xml,
            "behaviour" => CompareTab.Behaviour,
            _ => CompareTab.Rules,
        };

    /// <summary>The address of a tab of a comparison.</summary>
    public static string Address(long propertyId, int left, int right, CompareTab tab) =>
        $"{Links.Compare(propertyId, left, right)}?view={tab.ToString().ToLowerInvariant()}";
}
