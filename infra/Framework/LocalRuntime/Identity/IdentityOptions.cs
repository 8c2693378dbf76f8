using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>What Cognito is played with.</summary>
/// <param name="Port">0 for any free one.</param>
/// <param name="DataFolder">It keeps the key that signs tokens.</param>
/// <param name="Audience">The client that tokens are for.</param>
public sealed record IdentityOptions(
    int Port,
    string DataFolder,
    string Audience,
    UserGroups Groups)
{
    /// <summary>Where pages are told the code of a sign-in, as absolute URLs. No other address gets one, and no other origin a token.</summary>
    public IReadOnlyList<string> Callbacks { get; init; } = [];

    /// <summary>Accounts with a button on the sign-in page.</summary>
    public IReadOnlyList<SignInAccount> Accounts { get; init; } = [];
}

/// <param name="Text">What somebody can do with it, in a sentence.</param>
public sealed record SignInAccount(
    string Title,
    string Text,
    TokenRequest Who);
