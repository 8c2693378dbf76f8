using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Whom the shop knows. A person's key is made before anything personal of theirs is stored, and leaves a mark when it is destroyed. So a person without one and without an account has nothing to erase and nothing to deactivate.
/// </summary>
public static class KnownPersons
{
    /// <param name="hasKey">Whether a key was ever made for the person.</param>
    /// <param name="account">The tip of the person's account; null if there is none.</param>
    public static bool IsKnown(bool hasKey, StreamTip? account) => hasKey || account is { Version: > 0 };
}
