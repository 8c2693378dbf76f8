namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>How severe a change of a shape is.</summary>
internal enum Degree
{
    Same,

    /// <summary>Old and new code can read what the other writes.</summary>
    Compatible,

    /// <summary>Old or new code cannot read, or misreads, what the other writes.</summary>
    Breaking,
}

/// <summary>
/// A difference between the stored shape and the code's, and why it has this degree. Old and new code run at the same
/// time during a deployment, so both directions count.
/// </summary>
internal sealed record ShapeChange(
    Degree Degree,
    IReadOnlyList<string> Reasons)
{
    public static ShapeChange Between(Shape stored, Shape now)
    {
        List<(Degree Degree, string Reason)> changes = [];
        var removed = stored.Fields.Where(field => !now.Fields.ContainsKey(field.Key) && now.Holds(field.Key)).ToList();
        var added = now.Fields.Where(field => !stored.Fields.ContainsKey(field.Key) && stored.Holds(field.Key)).ToList();
        foreach (var (path, field) in removed)
        {
            var renamed = added.Find(other => other.Value.Kind == field.Kind && ParentOf(other.Key) == ParentOf(path));
            if (renamed.Key is not null) added.Remove(renamed);
            changes.Add((Degree.Breaking, renamed.Key is null ? $"{path} is gone" : $"{path} is named {renamed.Key} now"));
        }

        foreach (var (path, field) in added)
            changes.Add(field.IsOptional ? (Degree.Compatible, $"{path} is new, and optional") : (Degree.Breaking, $"{path} is new, and what was stored lacks it"));

        foreach (var (path, was) in stored.Fields)
        {
            if (!now.Fields.TryGetValue(path, out var field) || field == was) continue;
            if (field.Kind != was.Kind) changes.Add((Degree.Breaking, $"{path} was {was.Kind} and is {field.Kind}"));
            if (was.IsNullable && !field.IsNullable) changes.Add((Degree.Breaking, $"{path} is never null now, and may be stored as null"));
            if (!was.IsNullable && field.IsNullable) changes.Add((Degree.Breaking, $"{path} may be null now, which code of before does not read"));
            if (was.IsOptional && !field.IsOptional) changes.Add((Degree.Breaking, $"{path} is required now, and what was stored may lack it"));
            if (!was.IsOptional && field.IsOptional) changes.Add((Degree.Compatible, $"{path} is optional now"));
        }

        return new ShapeChange(changes.Count == 0 ? Degree.Same : changes.Max(change => change.Degree), [.. changes.Select(change => change.Reason)]);
    }

    internal static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
}
