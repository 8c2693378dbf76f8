using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Customers;

/// <summary>
/// The state for decisions about a customer, whose subject is in the stream's id. The service that accepts orders also
/// reads it to check whether the customer may order.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unregistered), "unregistered")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(Deactivated), "deactivated")]
public abstract record CustomerState
{
    private CustomerState()
    {
    }

    /// <summary>The customer has not registered, and may order anyway.</summary>
    public sealed record Unregistered : CustomerState;

    /// <param name="Email">The fingerprint of the sealed address.</param>
    /// <param name="Name">The fingerprint of the sealed name, or null for none.</param>
    public sealed record Registered(
        string Email,
        string? Name) : CustomerState;

    /// <summary>The customer gets no mails and cannot order, permanently.</summary>
    public sealed record Deactivated : CustomerState;

    [return: NotNullIfNotNull(nameof(personal))]
    internal static string? FingerprintOf(Sealed? personal) => personal is null ? null : Fingerprint.Of(personal.Person, personal.Text);
}
