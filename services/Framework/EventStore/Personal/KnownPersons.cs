using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Tells whether a person is known. A person's key is created before personal data is stored, and leaves a mark when it
/// is destroyed. So a person without key, mark and account has nothing to erase or deactivate.
/// </summary>
public static class KnownPersons
{
    /// <param name="hasKey">True if a key was ever created for the person.</param>
    /// <param name="account">The tip of the person's account, or null if there is none.</param>
    public static bool IsKnown(bool hasKey, StreamTip? account) => hasKey || account is { Version: > 0 };
}
