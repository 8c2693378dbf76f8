using System.Globalization;

namespace ServerlessCqrs.Web.Freshness;

/// <summary>Reads versions of a stream from query parameters.</summary>
public static class VersionParameter
{
    public static Problem Invalid { get; } = new(StatusCodes.Status400BadRequest, "version_invalid", "A version is a whole number from 1 on.");

    /// <summary>Returns true for a version, or for a missing parameter, which gives null.</summary>
    public static bool TryRead(string? text, out long? version)
    {
        version = null;
        if (text is null) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return false;
        version = number;
        return true;
    }

    /// <param name="what">The kind of thing: the product, the order.</param>
    public static Problem TooFar(string what, long version) => new(
        StatusCodes.Status400BadRequest,
        "version_too_far",
        $"The {what} is far from version {version}. Ask for a version that the answer of a write has named.");

    /// <param name="what">The kind of thing: the product, the order.</param>
    public static Problem NotReached(string what, long version) =>
        new(StatusCodes.Status503ServiceUnavailable, "version_not_reached", $"The {what} is not known to be at version {version} yet. Try again in a moment.");
}
