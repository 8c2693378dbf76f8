using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// The token of a link that acts for a person without a login. It names the person, the purpose and the thing. It is
/// sealed with the person's key, so nobody else can create one. The same link gives the same token. It never expires,
/// because mails do not either.
/// </summary>
public static class PersonalToken
{
    /// <param name="purpose">Distinguishes the token from other sealed texts of the same person.</param>
    public static async Task<string> CreateAsync(IPersonalData personal, string purpose, string person, Guid thing, CancellationToken ct)
    {
        var token = await personal.SealAsync(person, $"{purpose} {thing:D}", ct);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person))}.{token.Text}";
    }

    /// <summary>
    /// Reads a token. Returns null when it is malformed, forged or for another purpose, or when the person was erased.
    /// </summary>
    public static async Task<(string Person, Guid Thing)?> ReadAsync(IPersonalData personal, string purpose, string token, CancellationToken ct)
    {
        if (token.Split('.') is not [var encoded, { Length: > 0 } text] || PersonIn(encoded) is not { } person) return null;
        try
        {
            return await personal.OpenAsync(new Sealed(person, text), ct) is { } opened
                && opened.StartsWith($"{purpose} ", StringComparison.Ordinal)
                && Guid.TryParseExact(opened.AsSpan(purpose.Length + 1), "D", out var thing)
                    ? (person, thing)
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? PersonIn(string encoded)
    {
        // The person is a DynamoDB key, which has 1 to 2,048 bytes.
        if (encoded.Length is 0 or > 2_048 || !Base64Url.IsValid(encoded)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
    }
}
