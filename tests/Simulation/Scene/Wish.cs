using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ServerlessCqrs.CommandApi;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Customers;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Shop.Reviews;
using ServerlessCqrs.Shop.Watches;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>What a user wants to do, and its form in HTTP.</summary>
/// <param name="IfMatch">The version that the user saw, or null if it does not matter.</param>
/// <param name="IsNamed">True if the caller chooses the new product's id. Otherwise the service derives it from the
/// idempotency key.</param>
public sealed record Wish(
    StreamId Stream,
    ICommand Command,
    long? IfMatch = null,
    bool IsNamed = true)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = PlainJson.Encoder };

    /// <summary>The streams that must exist before.</summary>
    public IReadOnlyList<StreamId> Requires => Command switch
    {
        WatchPrice or UnwatchPrice => WatchStreams.TryParse(Stream, out var product, out _) ? [ProductStreams.IdOf(product)] : [],
        CreateOrder order => [.. order.Items.Select(item => ProductStreams.IdOf(item.ProductId))],
        SubmitReview review => [ProductStreams.IdOf(review.ProductId)],
        CreateProduct or RegisterUser => [],
        _ => [Stream],
    };

    /// <summary>Returns true if a command is this wish. Two commands can change only an address.</summary>
    public bool IsSaidBy(ICommand command) =>
        ShopContracts.Commands.Write(command) == ShopContracts.Commands.Write(Command)
        || Command is RegisterUser { Name: null } register && command is ChangeUserEmail change && change.Email == register.Email;

    /// <summary>Returns the request without a token.</summary>
    public SimRequest ToRequest(string? key, int? waitSeconds)
    {
        var (method, target, body) = Say();
        Dictionary<string, string> headers = [];
        if (body is not null) headers["content-type"] = "application/json";
        if (key is not null) headers["idempotency-key"] = key;
        if (IfMatch is { } version) headers["if-match"] = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        if (waitSeconds is { } seconds) headers["prefer"] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
        return new SimRequest(method, target, headers, body is null ? "" : JsonSerializer.Serialize(body, body.GetType(), Json));
    }

    private (string Method, string Target, object? Body) Say() => Command switch
    {
        CreateProduct create => ("POST", "/products", new NewProductBody(
            create.Name,
            create.Category,
            new PriceBody(create.Price.Amount, create.Price.Currency),
            create.Quantity,
            create.Warehouse,
            IsNamed ? Guid.Parse(Stream.Key) : null,
            create.Description,
            create.Specifications,
            [.. create.Images.Select(image => new ImageBody(image.Url, image.Alt, image.ImageId))])),
        UpdateProductPrice update => (update.Price.Amount % 2 == 0 ? "PUT" : "POST", $"{Path}/price", new PriceBody(update.Price.Amount, update.Price.Currency)),
        ReviseProductDetails revise => ("PATCH", Path, PatchOf(revise)),
        AdjustInventory adjust => ("POST", $"{Path}/stock", new StockBody(adjust.Delta, adjust.Reason)),
        AddProductImage add => ("POST", $"{Path}/images", new ImageBody(add.Url, add.Alt, add.ImageId)),
        RemoveProductImage remove => ("DELETE", $"{Path}/images/{remove.ImageId}", null),
        DeleteProduct delete => ("DELETE", $"{Path}?reason={Uri.EscapeDataString(delete.Reason)}", null),
        WatchPrice watch => ("PUT", $"/products/{watch.ProductId}/watch", null),
        UnwatchPrice unwatch => ("DELETE", $"/products/{unwatch.ProductId}/watch", null),
        CreateOrder create => ("POST", "/orders", new NewOrderBody([.. create.Items.Select(item => new OrderItemBody(item.ProductId, item.Quantity))], Guid.Parse(Stream.Key))),
        CancelOrder cancel => ("DELETE", $"/orders/{Stream.Key}?reason={Uri.EscapeDataString(cancel.Reason)}", null),
        ApproveOrder => ("POST", $"/orders/{Stream.Key}/approval", null),
        RejectOrder reject => ("POST", $"/orders/{Stream.Key}/rejection", new RejectionBody(reject.Reason)),
        SubmitReview review => ("POST", $"/products/{review.ProductId}/reviews", new ReviewBody(review.Stars, FakePersonalData.Open(review.Title), FakePersonalData.Open(review.Text))),
        ApproveReview => ("POST", $"/reviews/{Stream.Key}/approval", null),
        RejectReview reject => ("POST", $"/reviews/{Stream.Key}/rejection", new RejectionBody(reject.Reason)),
        RegisterUser register => ("PUT", "/users/me", new UserBody { Name = register.Name is { } name ? FakePersonalData.Open(name) : null! }),
        DeactivateUser deactivate => ("DELETE", $"/users/{Uri.EscapeDataString(Stream.Key)}?reason={Uri.EscapeDataString(deactivate.Reason)}", null),
        _ => throw new NotSupportedException($"No route takes {Command}."),
    };

    /// <summary>A null in the specifications removes one, so it is written. A field that is null is omitted.</summary>
    private static JsonObject PatchOf(ReviseProductDetails revise)
    {
        var patch = new JsonObject();
        if (revise.Name is { } name) patch["name"] = name;
        if (revise.Description is { } description) patch["description"] = description;
        if (revise.Category is { } category) patch["category"] = category;
        if (revise.Specifications is { } specifications) patch["specifications"] = new JsonObject(specifications.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));
        return patch;
    }

    private string Path => $"/products/{Stream.Key}";
}
