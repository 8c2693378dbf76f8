using System.Buffers.Text;
using System.Text.Json;

namespace ServerlessCqrs.Operator.Stacks;

internal static class TokenSubject
{
    /// <summary>The subject that a JWT (RFC 7519) names. Its signature is not looked at: it comes from the stack's own file, and opens nothing here.</summary>
    /// <exception cref="OperatorException">There is no token, or it names nobody.</exception>
    public static string Of(string? token)
    {
        if (token is null) throw new OperatorException("A deployed stack needs --seller: the subject of the seller's token.");
        return Read(token, reason => $"The stack's seller token cannot be read ({reason}): name the seller with --seller.");
    }

    /// <summary>The subject of a token that a person gave.</summary>
    /// <exception cref="OperatorException">It is no token, or it names nobody.</exception>
    public static string Of(string token, string option) => Read(token, reason => $"{option} is not an access token ({reason}).");

    private static string Read(string token, Func<string, string> unreadable)
    {
        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return payload.RootElement.GetProperty("sub").GetString() is { Length: > 0 } subject ? subject : throw new FormatException("it names nobody");
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new OperatorException(unreadable(e.Message), e);
        }
    }
}
