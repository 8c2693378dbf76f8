using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>The token of a one-click unsubscribe link (RFC 8058): whose watch of which product it ends. Sealed with the person's key, so nobody else can make one; the same link is the same token. It never expires, as mails do not.</summary>
public static class UnsubscribeToken
{
    // Sealed texts of the same person that mean something else must not pass for a token.
    private const string Purpose = "unsubscribe ";

    public static async Task<string> CreateAsync(IPersonalData personal, string person, Guid productId, CancellationToken ct)
    {
        var token = await personal.SealAsync(person, $"{Purpose}{productId:D}", ct);
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person))}.{token.Text}";
    }

    /// <summary>What the token says; null where it is malformed or forged, or the person was erased.</summary>
    public static async Task<(string Person, Guid ProductId)?> ReadAsync(IPersonalData personal, string token, CancellationToken ct)
    {
        if (token.Split('.') is not [var encoded, { Length: > 0 } text] || PersonIn(encoded) is not { } person) return null;
        try
        {
            return await personal.OpenAsync(new Sealed(person, text), ct) is { } opened
                && opened.StartsWith(Purpose, StringComparison.Ordinal)
                && Guid.TryParseExact(opened.AsSpan(Purpose.Length), "D", out var product)
                    ? (person, product)
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
