using System.Buffers.Text;
using System.Text.Json;

namespace ServerlessCqrs.Operator.Stacks;

internal static class TokenSubject
{
    /// <summary>
    /// Returns the subject of a JWT (RFC 7519). It does not check the signature: the token comes from the stack's own
    /// file, and grants nothing here.
    /// </summary>
    /// <exception cref="OperatorException">There is no token, or it has no subject.</exception>
    public static string Of(string? token)
    {
        if (token is null) throw new OperatorException("A deployed stack needs --seller: the subject of the seller's token.");
        return Read(token, reason => $"The stack's seller token cannot be read ({reason}): name the seller with --seller.");
    }

    /// <summary>Returns the subject of a token that a person entered.</summary>
    /// <exception cref="OperatorException">The text is not a token, or it has no subject.</exception>
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
