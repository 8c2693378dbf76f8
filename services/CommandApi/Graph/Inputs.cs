using GraphQL;
using GraphQL.Types;
using ServerlessCqrs.Graph;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.CommandApi.Graph;

internal sealed class NewProductNode : InputObjectGraphType<NewProduct>
{
    public NewProductNode()
    {
        Name = "NewProduct";
        Field<IdGraphType>("id").Description("The new product's id. The default is a new one.");
        Field<NonNullGraphType<StringGraphType>>("name");
        Field<NonNullGraphType<StringGraphType>>("category");
        Field<NonNullGraphType<DecimalGraphType>>("price");
        Field<NonNullGraphType<StringGraphType>>("currency");
        Field<NonNullGraphType<IntGraphType>>("quantity");
        Field<NonNullGraphType<StringGraphType>>("warehouse");
        Field<NonNullGraphType<StringGraphType>>("description").DefaultValue("");
        Field<ListGraphType<NonNullGraphType<SpecificationInputNode>>>("specifications");
    }
}

internal sealed record NewProduct(
    string? Id,
    string Name,
    string Category,
    decimal Price,
    string Currency,
    int Quantity,
    string Warehouse,
    string Description,
    IReadOnlyList<SpecificationInput>? Specifications)
{
    public NewProductBody ToBody() => new(
        Name,
        Category,
        new PriceBody(Price, Currency),
        Quantity,
        Warehouse,
        Arguments.Optional(Id, "product.id"),
        Description,
        Specifications?.GroupBy(one => one.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => Only(same).Value));

    private static SpecificationInput Only(IGrouping<string, SpecificationInput> same) => same.Count() == 1
        ? same.First()
        : throw new ProblemError(new Problem(StatusCodes.Status400BadRequest, "json_invalid", $"The specification '{same.Key}' is there twice."));
}

internal sealed class SpecificationInputNode : InputObjectGraphType<SpecificationInput>
{
    public SpecificationInputNode()
    {
        Name = "SpecificationInput";
        Field<NonNullGraphType<StringGraphType>>("name");
        Field<NonNullGraphType<StringGraphType>>("value");
    }
}

internal sealed record SpecificationInput(
    string Name,
    string Value);

internal sealed class OrderItemNode : InputObjectGraphType<OrderItemBody>
{
    public OrderItemNode()
    {
        Name = "OrderItemInput";
        Field<NonNullGraphType<IdGraphType>>("productId");
        Field<NonNullGraphType<IntGraphType>>("quantity");
    }

    public override object ParseDictionary(IDictionary<string, object?> value) =>
        new OrderItemBody(Arguments.Optional((string?)value["productId"], "items.productId")!.Value, (int)value["quantity"]!);
}

/// <summary>Reads ids, which GraphQL sends as text.</summary>
internal static class Arguments
{
    public static Guid Id(this IResolveFieldContext context) => context.OptionalId("id")!.Value;

    public static Guid? OptionalId(this IResolveFieldContext context, string name) => Optional(context.GetArgument<string?>(name), name);

    public static Guid? Optional(string? text, string name) => text is null ? null
        : Uuid.TryParse(text, out var id) ? id
        : throw new ProblemError(new Problem(StatusCodes.Status400BadRequest, "id_invalid", $"{name} is not an id. {Uuid.Rule}"));
}
