using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// The token of a link that acts for a person without a login: who it is, for which purpose, and on which thing. It is sealed with the person's key, so nobody else can make one. The same link is the same token. It never expires, as mails do not.
/// </summary>
public static class PersonalToken
{
    /// <param name="purpose">Tells it from sealed texts of the same person that mean something else.</param>
    public static async Task<string> CreateAsync(IPersonalData personal, string purpose, string person, Guid thing, CancellationToken ct)
    {
        var token = await personal.SealAsync(person, $"{purpose} {thing:D}", ct);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person))}.{token.Text}";
    }

    /// <summary>Reads the token; null when it is malformed, forged or for another purpose, or when the person was erased.</summary>
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
        // A DynamoDB key, which the person is, has at most 2,048 bytes and is not empty.
        if (encoded.Length is 0 or > 2_048 || !Base64Url.IsValid(encoded)) return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
    }
}
