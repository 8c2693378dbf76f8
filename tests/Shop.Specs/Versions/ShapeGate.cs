using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>Compares the contracts with the stored shapes. For each contract that differs it says what to do.</summary>
internal static class ShapeGate
{
    /// <param name="stored">The text of <paramref name="file"/>.</param>
    public static IReadOnlyList<string> Problems(WireContracts contracts, string stored, string file)
    {
        var shapes = Shape.Parse(stored).ToDictionary(shape => shape.Head);
        var contractShapes = contracts.Types.Select(type => Shape.Of(contracts, type)).ToList();
        return
        [
            .. contractShapes.Select(now => shapes.TryGetValue(now.Head, out var was) ? Judge(was, now, file) : $"{now.Head} is new. Add it to {file}:\n{now}").OfType<string>(),
            .. shapes.Keys.Except(contractShapes.Select(shape => shape.Head)).Select(gone => $"{gone} was stored once and can no longer be read. Bring it back into a folder Past, with an upcast to the next version."),
        ];
    }

    private static string? Judge(Shape was, Shape now, string file)
    {
        var change = ShapeChange.Between(was, now);
        var reasons = string.Join("; ", change.Reasons);
        return change.Degree switch
        {
            Degree.Same => null,
            Degree.Compatible => $"{now.Head} has changed, and may: {reasons}. Write it down in {file}:\n{now}",
            _ => $"{now.Head} must not change so: {reasons}. Leave v{now.Version} as it was, in a folder Past; make this v{now.Version + 1}, with an upcast from v{now.Version}, and add it to {file}:\n{now with { Version = now.Version + 1 }}",
        };
    }
}
