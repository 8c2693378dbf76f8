using System.Buffers.Text;
using System.Text.Json;

namespace ServerlessCqrs.Operating.Stacks;

public static class TokenSubject
{
    /// <summary>
    /// Returns the subject of a JWT (RFC 7519). It does not check the signature, because the token grants nothing here.
    /// </summary>
    /// <param name="unreadable">Says for a reason what is wrong, and what to do.</param>
    /// <exception cref="OperatorException">The text is not a token, or it has no subject.</exception>
    public static string Of(string token, Func<string, string> unreadable)
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
