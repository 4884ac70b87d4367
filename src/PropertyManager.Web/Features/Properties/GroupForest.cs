using PropertyManager.Domain.Properties;

namespace PropertyManager.Web.Features.Properties;

/// <summary>A group in the tree.</summary>
/// <param name="Path">The names from the top down to it.</param>
/// <param name="Properties">In it and in the groups under it.</param>
public sealed record GroupNode(long Id, string Name, string Path, int Properties, IReadOnlyList<GroupNode> Children)
{
    /// <summary>Itself and all under it.</summary>
    public IEnumerable<GroupNode> All() => Children.SelectMany(child => child.All()).Prepend(this);
}

/// <summary>The groups of an account that a person sees, as trees. A group whose parent they do not see stands at the top.</summary>
public sealed class GroupForest
{
    /// <summary>Between the names of a path.</summary>
    public const string Separator = " › ";

    private readonly Dictionary<long, GroupNode> _nodes;

    private GroupForest(IReadOnlyList<GroupNode> roots)
    {
        Roots = roots;
        _nodes = roots.SelectMany(root => root.All()).ToDictionary(node => node.Id);
    }

    public static GroupForest Empty { get; } = new([]);

    public IReadOnlyList<GroupNode> Roots { get; }

    /// <summary>How many properties there are in all.</summary>
    public int Properties => Roots.Sum(root => root.Properties);

    /// <param name="groups">Those that are seen, of one account.</param>
    /// <param name="counts">Properties by the group they are in.</param>
    public static GroupForest Of(IReadOnlyCollection<PropertyGroup> groups, IReadOnlyDictionary<long, int> counts)
    {
        var seen = groups.Select(group => group.Id).ToHashSet();
        var below = groups.ToLookup(group => group.ParentId is { } parent && seen.Contains(parent) ? parent : (long?)null);
        return new(Nodes(null, ""));

        List<GroupNode> Nodes(long? parent, string path) =>
            [
                .. below[parent]
                    .OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(group =>
                    {
                        var own = path + group.Name;
                        var children = Nodes(group.Id, own + Separator);
                        return new GroupNode(
                            group.Id,
                            group.Name,
                            own,
                            counts.GetValueOrDefault(group.Id) + children.Sum(child => child.Properties),
                            children
                        );
                    }),
            ];
    }

    public GroupNode? Find(long id) => _nodes.GetValueOrDefault(id);

    /// <summary>"Northwind Group › Retail › Shop"; empty for a group that is not seen.</summary>
    public string Path(long id) => Find(id)?.Path ?? "";
}
