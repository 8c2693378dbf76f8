using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Commands;

namespace ServerlessCqrs.CommandApi.Products;

/// <summary>What commands of other streams require of a product.</summary>
internal static class ProductRequirements
{
    /// <summary>The product exists or existed.</summary>
    public static Requirement Exists(Guid id) => Requirement.Exists(
        ProductStreams.IdOf(id),
        Problem.Of(ProductRefusals.ProductNotFound, "There is no such product."));

    /// <summary>The product exists and is on sale.</summary>
    public static Requirement OnSale(Guid id) => new(
        ProductStreams.IdOf(id),
        Missing: Problem.Of(ProductRefusals.ProductNotFound, $"There is no product {id:D}."),
        Against: state => state is ProductState.Deleted
            ? Problem.Of(ProductRefusals.AlreadyDeleted, $"The product {id:D} was deleted.")
            : null);
}
