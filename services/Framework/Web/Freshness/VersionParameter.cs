using System.Globalization;

namespace ServerlessCqrs.Web.Freshness;

/// <summary>Versions of a stream, as query parameters name them.</summary>
public static class VersionParameter
{
    public static Problem Invalid { get; } = new(StatusCodes.Status400BadRequest, "version_invalid", "A version is a whole number from 1 on.");

    /// <summary>Whether it is a version, or left out: then it is null.</summary>
    public static bool TryRead(string? text, out long? version)
    {
        version = null;
        if (text is null) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return false;
        version = number;
        return true;
    }

    /// <param name="what">What will not be at that version soon: the product, the order.</param>
    public static Problem TooFar(string what, long version) => new(
        StatusCodes.Status400BadRequest,
        "version_too_far",
        $"The {what} is far from version {version}. Ask for a version that the answer of a write has named.");

    /// <param name="what">What is not at that version: the product, the order.</param>
    public static Problem NotReached(string what, long version) =>
        new(StatusCodes.Status503ServiceUnavailable, "version_not_reached", $"The {what} is not known to be at version {version} yet. Try again in a moment.");
}
