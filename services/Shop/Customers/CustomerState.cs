using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>What decisions about a customer need to know; who it is stands in the stream's id. Who takes orders reads here as well, whether the customer may place any.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unregistered), "unregistered")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(Deactivated), "deactivated")]
public abstract record CustomerState
{
    private CustomerState()
    {
    }

    /// <summary>Never registered; such a customer may order all the same.</summary>
    public sealed record Unregistered : CustomerState;

    /// <param name="Email">Fingerprint of the sealed address.</param>
    /// <param name="Name">Fingerprint of the sealed name; null for none.</param>
    public sealed record Registered(
        string Email,
        string? Name) : CustomerState;

    /// <summary>No mail, no order, for good.</summary>
    public sealed record Deactivated : CustomerState;

    [return: NotNullIfNotNull(nameof(personal))]
    internal static string? FingerprintOf(Sealed? personal) => personal is null ? null : Fingerprint.Of(personal.Person, personal.Text);
}
