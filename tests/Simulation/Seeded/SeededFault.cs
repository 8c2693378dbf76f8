namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>
/// A deliberate bug that the simulation cannot reach. It is an edit of one source file, and the spec that must fail
/// with it. The edit is planted in a copy of the repository, so that the product contains no flag for it.
/// </summary>
/// <param name="File">The path from the repository's root.</param>
/// <param name="Right">A text that occurs once in the file.</param>
/// <param name="Wrong">Its replacement.</param>
/// <param name="CaughtBy">The spec as project, class and method, for example
/// <c>QueryApi.Specs/LaneSpecs.Some_rule</c>.</param>
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

    /// <summary>Returns the source of the file with the fault.</summary>
    /// <exception cref="InvalidOperationException">The right text does not occur exactly once in the file.</exception>
    public string Plant(string source)
    {
        var parts = source.Split(Right);
        return parts.Length == 2
            ? string.Join(Wrong, parts)
            : throw new InvalidOperationException($"{File} has the text that '{Name}' replaces {parts.Length - 1} times. Change the fault's text to one that stands there once.");
    }
}
