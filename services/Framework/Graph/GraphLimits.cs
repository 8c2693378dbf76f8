using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;

namespace ServerlessCqrs.Graph;

/// <summary>What one query may ask for, so that one request costs no more than some pages of a list.</summary>
public static class GraphLimits
{
    public const int MostCharacters = 16 * 1024;

    /// <summary>The deepest query of the introspection that clients send has 13 levels.</summary>
    public const int MostLevels = 15;

    /// <summary>
    /// The highest cost. Each object that a query can return costs 1, and each field that reads a store costs
    /// <see cref="OneRead"/>.
    /// </summary>
    public const int MostCost = 1_000;

    /// <summary>The cost of a field that reads a store: 100 of them fit in a query.</summary>
    public const int OneRead = 10;

    /// <summary>How many fields of one query are read at once.</summary>
    public const int AtOnce = 8;

    internal static IValidationRule Rule { get; } = new ComplexityValidationRule(new ComplexityOptions
    {
        MaxDepth = MostLevels,
        MaxComplexity = MostCost,
        DefaultScalarImpact = 0,
        DefaultObjectImpact = 1,
        DefaultListImpactMultiplier = 1,
    });

    /// <summary>The field reads a store, and returns one object.</summary>
    public static FieldBuilder<TSource, TReturn> CostsRead<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithComplexityImpact(OneRead);

    /// <summary>The field reads a store, and returns at most as many objects as its argument <c>limit</c>.</summary>
    public static FieldBuilder<TSource, TReturn> CostsPage<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) =>
        field.WithComplexityImpact(context => new FieldComplexityResult(OneRead, Math.Max(1, context.GetArgument<int>("limit"))));

    /// <summary>The field returns about as many objects as this.</summary>
    public static FieldBuilder<TSource, TReturn> CostsEach<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int usual) =>
        field.WithComplexityImpact(1, usual);
}
