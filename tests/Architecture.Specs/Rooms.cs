namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// Says which code is framework and which is the shop's. All of a project in a folder <c>Framework</c> is framework. Of
/// other types, the longest prefix of the full name decides. Remove a line when its code has moved.
/// </summary>
internal static class Rooms
{
    private static readonly IReadOnlyDictionary<string, Room> ByPrefix = new Dictionary<string, Room>
    {
        ["Program"] = Room.Shop,
        ["ServerlessCqrs"] = Room.Framework,

        ["ServerlessCqrs.Shop"] = Room.Shop,
        ["ServerlessCqrs.ShopViews"] = Room.Shop,

        ["ServerlessCqrs.Deployment"] = Room.Shop,
        ["ServerlessCqrs.Local"] = Room.Shop,

        ["ServerlessCqrs.CommandApi"] = Room.Shop,
        ["ServerlessCqrs.QueryApi"] = Room.Shop,
        ["ServerlessCqrs.EventsToBrowsers"] = Room.Shop,

        ["ServerlessCqrs.Operator"] = Room.Shop,

        ["ServerlessCqrs.Topology.ShopPage"] = Room.Shop,
        ["ServerlessCqrs.Topology.ShopRights"] = Room.Shop,
        ["ServerlessCqrs.Topology.ShopTopology"] = Room.Shop,
    };

    /// <summary>Projects that hold only types of the shop, or only start it.</summary>
    private static readonly IReadOnlySet<string> ShopProjects = new HashSet<string>
    {
        "functions/EventsToBrowsers",
        "infra/Aws",
        "infra/Local",
        "infra/Topology",
        "services/CommandApi",
        "services/Operator",
        "services/QueryApi",
        "services/Shop",
        "services/ShopViews",
    };

    /// <summary>Whose a project is, by its folder in the repository.</summary>
    public static Room OfProject(string folder) => ShopProjects.Contains(folder) ? Room.Shop : Room.Framework;

    /// <summary>Whose a type is, by the folder of its project and its full name.</summary>
    public static Room OfType(string folder, string name)
    {
        if (folder.Split('/').Contains("Framework")) return Room.Framework;
        for (var prefix = name; ; prefix = prefix[..prefix.LastIndexOf('.')])
        {
            if (ByPrefix.TryGetValue(prefix, out var room)) return room;
            if (!prefix.Contains('.', StringComparison.Ordinal)) return Room.Neither;
        }
    }
}

internal enum Room
{
    /// <summary>What a compiler or a library added.</summary>
    Neither,

    /// <summary>Code that knows no shop.</summary>
    Framework,

    /// <summary>Code that a team with another domain replaces.</summary>
    Shop,
}
