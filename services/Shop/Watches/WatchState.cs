using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Watches;

/// <summary>Whether a customer watches a product. Both are in the stream's id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NotWatching), "notWatching")]
[JsonDerivedType(typeof(Watching), "watching")]
public abstract record WatchState
{
    private WatchState()
    {
    }

    public sealed record NotWatching : WatchState;

    /// <param name="Email">The fingerprint of the sealed address.</param>
    public sealed record Watching(string Email) : WatchState;

    internal static string FingerprintOf(Sealed email) => Fingerprint.Of(email.Person, email.Text);
}
