using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>A page's request for a sign-in (RFC 6749, section 4.1.1, and RFC 7636).</summary>
/// <param name="Challenge">The SHA-256 of the verifier that the page keeps.</param>
/// <param name="Nonce">Repeated in the id token; null for none.</param>
public sealed record SignInRequest(
    string RedirectUri,
    string Challenge,
    string? State,
    string? Nonce);

/// <summary>
/// Sign-ins whose page has not yet got a token. A code identifies one of them, once, for two minutes. Only the page
/// with the verifier can exchange it.
/// </summary>
public sealed class SignIns(TimeProvider clock)
{
    /// <summary>Cognito's codes are valid for five minutes, but a page exchanges them at once.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, (SignInRequest Request, TokenRequest Who, DateTimeOffset Until)> _open = new();

    /// <returns>The code.</returns>
    public string Begin(SignInRequest request, TokenRequest who)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, sign) in _open)
            if (sign.Until < now) _open.TryRemove(old, out _);
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        _open[code] = (request, who, now + Life);
        return code;
    }

    /// <summary>Returns who signed in; null if the code is unknown, used, expired, or of another page.</summary>
    public (TokenRequest Who, string? Nonce)? Complete(string code, string redirectUri, string verifier) =>
        _open.TryRemove(code, out var sign)
        && sign.Until >= clock.GetUtcNow()
        && sign.Request.RedirectUri == redirectUri
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ChallengeOf(verifier)), Encoding.ASCII.GetBytes(sign.Request.Challenge))
            ? (sign.Who, sign.Request.Nonce)
            : null;

    /// <summary>The method S256 of RFC 7636, section 4.2.</summary>
    public static string ChallengeOf(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
