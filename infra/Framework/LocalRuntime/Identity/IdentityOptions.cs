using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Identity;

/// <summary>The options of the local Cognito.</summary>
/// <param name="Port">0 for any free port.</param>
/// <param name="DataFolder">The folder of the key that signs tokens.</param>
/// <param name="Audience">The client id in the tokens.</param>
public sealed record IdentityOptions(
    int Port,
    string DataFolder,
    string Audience,
    UserGroups Groups)
{
    /// <summary>
    /// The absolute URLs of pages that may receive the code of a sign-in. Only their origins may exchange a code for a
    /// token.
    /// </summary>
    public IReadOnlyList<string> Callbacks { get; init; } = [];

    /// <summary>Accounts with a button on the sign-in page.</summary>
    public IReadOnlyList<SignInAccount> Accounts { get; init; } = [];
}

/// <param name="Text">One sentence about what the account may do.</param>
public sealed record SignInAccount(
    string Title,
    string Text,
    TokenRequest Who);
