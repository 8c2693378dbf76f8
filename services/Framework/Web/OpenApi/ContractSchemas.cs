using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// Makes schemas say what requests may contain and what answers do contain. The framework's schemas follow C# nullability alone: they call a field required that an answer leaves out when it
/// is null, and let a field be null that a request may leave out but not set to null.
/// </summary>
public static class ContractSchemas
{
    // How the framework remembers, until it resolves references, that a property may be null.
    private const string NullableProperty = "x-is-nullable-property";

    /// <param name="isRequest">Whether a type is read from requests; all others are written into answers.</param>
    public static OpenApiOptions DescribeNulls(this OpenApiOptions options, Func<Type, bool> isRequest) =>
        options.AddSchemaTransformer((schema, context, _) =>
        {
            DescribeObject(schema, context.JsonTypeInfo, isRequest(context.JsonTypeInfo.Type));
            if (context.JsonPropertyInfo is { } property) DescribeProperty(schema, property, isRequest(property.DeclaringType));
            return Task.CompletedTask;
        });

    private static void DescribeObject(OpenApiSchema schema, JsonTypeInfo type, bool isRequest)
    {
        if (type.Kind != JsonTypeInfoKind.Object || schema.Properties is null) return;
        // The readers refuse fields that they do not know.
        if (isRequest) schema.AdditionalPropertiesAllowed = false;
        else schema.Required = type.Properties.Where(property => !property.IsExtensionData && !MayBeLeftOut(property)).Select(property => property.Name).ToHashSet();
    }

    private static void DescribeProperty(OpenApiSchema schema, JsonPropertyInfo property, bool isRequest)
    {
        var mayBeNull = isRequest ? MayBeSetToNull(property) : property.IsGetNullable && !MayBeLeftOut(property);
        if (!mayBeNull) ForbidNull(schema);
        if (schema.AdditionalProperties is OpenApiSchema values && HasNullableValues(property)) values.Type |= JsonSchemaType.Null;
    }

    private static void ForbidNull(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.Null;
        schema.Metadata?.Remove(NullableProperty);
    }

    private static bool MayBeSetToNull(JsonPropertyInfo property) => property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    /// <summary>Whether an answer lacks the field where its value is null.</summary>
    private static bool MayBeLeftOut(JsonPropertyInfo property)
    {
        if (!property.IsGetNullable) return false;
        var condition = (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition;
        return (condition ?? property.Options.DefaultIgnoreCondition) is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault;
    }

    /// <summary>Whether the values of a dictionary may be null: JSON metadata does not say, the declaration does.</summary>
    private static bool HasNullableValues(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo declared
        && new NullabilityInfoContext().Create(declared) is { GenericTypeArguments: [_, { ReadState: NullabilityState.Nullable }] };
}
