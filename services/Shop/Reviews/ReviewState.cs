using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Reviews;

/// <summary>The state for decisions about a review.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Unwritten), "unwritten")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Rejected), "rejected")]
public abstract record ReviewState
{
    private ReviewState()
    {
    }

    /// <summary>No review was written yet.</summary>
    /// <param name="Seller">The product's seller, or null before the first purchase.</param>
    /// <param name="Bought">The orders that allow a review, sorted.</param>
    /// <param name="Withdrawn">The cancelled orders, whether or not their purchase was recorded before, sorted.</param>
    public sealed record Unwritten(
        string? Seller,
        IReadOnlyList<Guid> Bought,
        IReadOnlyList<Guid> Withdrawn) : ReviewState;

    /// <summary>An existing review.</summary>
    /// <param name="Seller">The seller who decides on it, besides operators.</param>
    /// <param name="Content">The fingerprint of stars and words, which recognizes a repeated review.</param>
    public abstract record Written(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : ReviewState;

    /// <summary>The review waits for approval or rejection.</summary>
    public sealed record Submitted(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content,
        int Stars) : Written(ProductId, Customer, Seller, Content);

    /// <summary>The review is published.</summary>
    public sealed record Approved(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : Written(ProductId, Customer, Seller, Content);

    /// <summary>The review is not published.</summary>
    public sealed record Rejected(
        Guid ProductId,
        string Customer,
        string Seller,
        string Content) : Written(ProductId, Customer, Seller, Content);

    internal static string FingerprintOf(int stars, Sealed title, Sealed text) => Fingerprint.Of(stars.ToString(CultureInfo.InvariantCulture), title.Text, text.Text);
}
