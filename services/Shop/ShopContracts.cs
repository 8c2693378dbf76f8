using System.Text.Json.Serialization;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Products.Past;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop;

/// <summary>
/// Every command and event that can be sent or stored, in every version that must stay readable: <see cref="ShopJson"/>
/// lists them. A stored shape never
/// changes, except that optional fields may be added. A message that must change gets a new version. The old shape then
/// moves into a folder <c>Past</c>, and an upcast converts it to the new one.
/// </summary>
public static class ShopContracts
{
    public static WireContracts Commands { get; } = WireContracts.In<ICommand>(ShopJson.Default);

    public static WireContracts Events { get; } = WireContracts.In<IEvent>(
        ShopJson.Default,
        new Upcast<ProductDeletedV1, ProductDeleted>(old => new ProductDeleted(old.Reason, Remaining: null)));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CreateProduct))]
[JsonSerializable(typeof(UpdateProductPrice))]
[JsonSerializable(typeof(ReviseProductDetails))]
[JsonSerializable(typeof(AdjustInventory))]
[JsonSerializable(typeof(AddProductImage))]
[JsonSerializable(typeof(RemoveProductImage))]
[JsonSerializable(typeof(DeleteProduct))]
[JsonSerializable(typeof(ReserveStock))]
[JsonSerializable(typeof(ReleaseStock))]
[JsonSerializable(typeof(CompleteReservation))]
[JsonSerializable(typeof(ReturnStock))]
[JsonSerializable(typeof(WatchPrice))]
[JsonSerializable(typeof(UnwatchPrice))]
[JsonSerializable(typeof(CreateOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(ApproveOrder))]
[JsonSerializable(typeof(RejectOrder))]
[JsonSerializable(typeof(RecordReservation))]
[JsonSerializable(typeof(RecordDecline))]
[JsonSerializable(typeof(ExpireOrder))]
[JsonSerializable(typeof(RefuseOrder))]
[JsonSerializable(typeof(RecordPurchase))]
[JsonSerializable(typeof(WithdrawPurchase))]
[JsonSerializable(typeof(SubmitReview))]
[JsonSerializable(typeof(ApproveReview))]
[JsonSerializable(typeof(RejectReview))]
[JsonSerializable(typeof(RegisterUser))]
[JsonSerializable(typeof(ChangeUserEmail))]
[JsonSerializable(typeof(DeactivateUser))]
[JsonSerializable(typeof(ProductCreated))]
[JsonSerializable(typeof(ProductPriceUpdated))]
[JsonSerializable(typeof(ProductDetailsRevised))]
[JsonSerializable(typeof(InventoryAdjusted))]
[JsonSerializable(typeof(ProductImageAdded))]
[JsonSerializable(typeof(ProductImageRemoved))]
[JsonSerializable(typeof(ProductDeletedV1))]
[JsonSerializable(typeof(ProductDeleted))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockReservationDeclined))]
[JsonSerializable(typeof(StockReleased))]
[JsonSerializable(typeof(ReservationBarred))]
[JsonSerializable(typeof(ReservationCompleted))]
[JsonSerializable(typeof(StockReturned))]
[JsonSerializable(typeof(PriceWatched))]
[JsonSerializable(typeof(PriceUnwatched))]
[JsonSerializable(typeof(OrderCreated))]
[JsonSerializable(typeof(OrderItemReserved))]
[JsonSerializable(typeof(OrderItemDeclined))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderHeld))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(ProductPurchased))]
[JsonSerializable(typeof(PurchaseWithdrawn))]
[JsonSerializable(typeof(ReviewSubmitted))]
[JsonSerializable(typeof(ReviewApproved))]
[JsonSerializable(typeof(ReviewRejected))]
[JsonSerializable(typeof(UserRegistered))]
[JsonSerializable(typeof(UserEmailChanged))]
[JsonSerializable(typeof(UserNameChanged))]
[JsonSerializable(typeof(UserDeactivated))]
[JsonSerializable(typeof(ProductState))]
[JsonSerializable(typeof(WatchState))]
[JsonSerializable(typeof(OrderState))]
[JsonSerializable(typeof(OrderState.Unknown), TypeInfoPropertyName = "OrderUnknown")]
[JsonSerializable(typeof(OrderState.Rejected), TypeInfoPropertyName = "OrderRejectedState")]
[JsonSerializable(typeof(ReviewState))]
[JsonSerializable(typeof(CustomerState))]
internal sealed partial class ShopJson : JsonSerializerContext;
