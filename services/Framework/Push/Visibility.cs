using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>Who may watch the streams of a category.</summary>
public enum Visibility
{
    Nobody,

    /// <summary>Only the owner of the stream, with a token.</summary>
    Owner,

    Everyone,
}

/// <summary>A domain's rules about watching.</summary>
/// <param name="Of">Returns who may watch the streams of a category.</param>
/// <param name="OwnerOf">Returns the subject that owns a stream, or null if its tip does not tell.</param>
public sealed record WatchRules(
    Func<string, Visibility> Of,
    Func<StreamTip, string?> OwnerOf);

/// <summary>Checks tokens.</summary>
public interface IWatcherTokens
{
    /// <summary>Returns the subject of a valid access token, or null for any other text.</summary>
    /// <exception cref="TokenKeysUnavailableException">The issuer's keys cannot be read.</exception>
    Task<string?> SubjectOfAsync(string token, CancellationToken ct);
}

/// <summary>No token can be checked at the moment.</summary>
public sealed class TokenKeysUnavailableException(Exception inner) : Exception("The issuer's keys cannot be read.", inner);
