using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>Who may watch the streams of a category.</summary>
public enum Visibility
{
    Nobody,

    /// <summary>The one whom the stream is about: needs a token.</summary>
    Owner,

    Everyone,
}

/// <summary>What a domain says about watching.</summary>
/// <param name="Of">By the category of a stream.</param>
/// <param name="OwnerOf">The subject that owns a stream, by its tip; null where the tip does not tell.</param>
public sealed record WatchRules(
    Func<string, Visibility> Of,
    Func<StreamTip, string?> OwnerOf);

/// <summary>Checks tokens.</summary>
public interface IWatcherTokens
{
    /// <summary>The subject of a valid access token; null for any other text.</summary>
    /// <exception cref="TokenKeysUnavailableException">The issuer's keys cannot be read.</exception>
    Task<string?> SubjectOfAsync(string token, CancellationToken ct);
}

/// <summary>Nothing can be said of a token just now.</summary>
public sealed class TokenKeysUnavailableException(Exception inner) : Exception("The issuer's keys cannot be read.", inner);
