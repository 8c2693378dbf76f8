using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.CommandApi.Users;

/// <summary>Body of <c>PUT /users/me</c>.</summary>
public sealed record UserBody : IJsonBody<UserBody>
{
    public static JsonTypeInfo<UserBody> Json => RequestJson.Default.UserBody;

    /// <summary>The token's own address, the only one that is proven; it is taken where this is left out.</summary>
    [DisallowNull]
    public string? Email { get; init; }

    /// <summary>What mails call the customer: one line of 1 to 100 characters. Where it is left out, it stays as it is.</summary>
    [DisallowNull]
    public string? Name { get; init; }
}
