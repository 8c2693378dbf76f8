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
    UserGroups Groups);
