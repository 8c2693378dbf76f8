namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>
/// A deliberate bug that the simulation cannot reach, as an edit of one source file, and the spec that must fail with it. The edit is planted in a copy of the repository, so that no flag for it stands in the product.
/// </summary>
/// <param name="File">Below the repository's root.</param>
/// <param name="Right">Stands in the file once.</param>
/// <param name="Wrong">What replaces it.</param>
/// <param name="CaughtBy">The spec: project, class and method, as in <c>QueryApi.Specs/LaneSpecs.Some_rule</c>.</param>
public sealed record SeededFault(
    string Name,
    string File,
    string Right,
    string Wrong,
    string CaughtBy)
{
    /// <summary>The test project of the spec.</summary>
    public string SpecProject => CaughtBy.Split('/')[0];

    /// <summary>Class and method of the spec.</summary>
    public string Spec => CaughtBy.Split('/')[1];

    /// <summary>The source of the file with the fault in it.</summary>
    /// <exception cref="InvalidOperationException">The right text does not stand in the file exactly once.</exception>
    public string Plant(string source)
    {
        var parts = source.Split(Right);
        return parts.Length == 2
            ? string.Join(Wrong, parts)
            : throw new InvalidOperationException($"{File} has the text that '{Name}' replaces {parts.Length - 1} times. Change the fault's text to one that stands there once.");
    }
}
