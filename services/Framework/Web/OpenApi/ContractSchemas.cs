using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ServerlessCqrs.Web.OpenApi;

/// <summary>
/// Makes schemas say what requests may contain and what answers contain. The framework's schemas follow only C#
/// nullability. They declare a field required that an answer omits if it is null. They also let a field be null that a
/// request may omit, but not set to null.
/// </summary>
public static class ContractSchemas
{
    // How the framework marks a nullable property until it resolves references.
    private const string NullableProperty = "x-is-nullable-property";

    /// <summary>Describes a domain's types and the framework's own as the services read and write them.</summary>
    internal static IServiceCollection DescribeTypes(this IServiceCollection services, IJsonTypeInfoResolver types) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, types);
            // The web default accepts "7" for 7, and the document would say so. The services do not.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Like the answers, which omit null.
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });

    /// <param name="isRequest">Returns true for types of requests. All others are types of answers.</param>
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
        // The readers refuse unknown fields.
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

    /// <summary>Returns true if an answer omits the field when its value is null.</summary>
    private static bool MayBeLeftOut(JsonPropertyInfo property)
    {
        if (!property.IsGetNullable) return false;
        var condition = (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition;
        return (condition ?? property.Options.DefaultIgnoreCondition) is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault;
    }

    /// <summary>
    /// Returns true if the values of a dictionary may be null. Only the declaration says so, and not the JSON metadata.
    /// </summary>
    private static bool HasNullableValues(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo declared
        && new NullabilityInfoContext().Create(declared) is { GenericTypeArguments: [_, { ReadState: NullabilityState.Nullable }] };
}
