using Mono.Cecil;

namespace ServerlessCqrs.Architecture.Specs;

/// <summary>
/// Finds where the framework knows the shop, one line each: a reference to a shop project, a use of a shop type, or a
/// type whose name or texts contain a word of the shop.
/// </summary>
internal static class Violations
{
    private const string Prefix = "ServerlessCqrs.";

    public static IReadOnlyList<string> In(IReadOnlyList<BuiltProject> projects)
    {
        var shop = projects.SelectMany(project => project.Types, (project, type) => (project.Folder, Name: NameOf(type)))
            .Where(type => Rooms.OfType(type.Folder, type.Name) == Room.Shop)
            .Select(type => type.Name)
            .ToHashSet();
        return [.. projects.SelectMany(project => OfProject(project).Concat(OfTypes(project, shop))).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> OfProject(BuiltProject project) => Rooms.OfProject(project.Folder) == Room.Framework
        ? project.References.Where(reference => Rooms.OfProject(reference) == Room.Shop).Select(reference => $"{project.Folder} refers to {reference}")
        : [];

    private static IEnumerable<string> OfTypes(BuiltProject project, IReadOnlySet<string> shop) =>
        project.Types.Where(type => Rooms.OfType(project.Folder, NameOf(type)) == Room.Framework).SelectMany(type => OfType(type, shop));

    private static IEnumerable<string> OfType(TypeDefinition type, IReadOnlySet<string> shop)
    {
        var name = Short(NameOf(type));
        var use = TypeUse.Of(type);
        foreach (var used in use.Types.Select(Plain).Where(shop.Contains)) yield return $"{name} uses {Short(used)}";
        foreach (var word in use.Texts.SelectMany(ShopWords.In)) yield return $"{name} says \"{word}\"";
        foreach (var word in ShopWords.In(name[(name.LastIndexOf('.') + 1)..])) yield return $"{name} is named \"{word}\"";
    }

    private static string NameOf(TypeDefinition type) => Plain(type.FullName);

    /// <summary>Removes the number of type parameters.</summary>
    private static string Plain(string name) => name.IndexOf('`', StringComparison.Ordinal) is >= 0 and var mark ? name[..mark] : name;

    private static string Short(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
