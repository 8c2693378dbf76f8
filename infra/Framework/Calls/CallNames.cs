using System.Collections;
using Amazon.Runtime;

namespace ServerlessCqrs.Calls;

/// <summary>
/// Names the operation of a request and each resource that IAM checks it against. Properties are read by name: the
/// recorded program brings the services' own packages.
/// </summary>
internal sealed class CallNames
{
    private static readonly string[] Parts = ["ConditionCheck", "Delete", "Put", "Update", "Get"];

    private string? _stream;

    /// <summary>Service and operation: <c>DynamoDB.GetItem</c>.</summary>
    /// <param name="service">The SDK's service id: <c>DynamoDB</c>, <c>Secrets Manager</c>.</param>
    public static string OperationOf(string service, AmazonWebServiceRequest request)
    {
        var name = request.GetType().Name;
        return $"{NameOf(service)}.{(name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : name)}";
    }

    /// <param name="service">The SDK's service id.</param>
    public IEnumerable<(string Operation, string Resource)> Of(string service, AmazonWebServiceRequest request)
    {
        var name = request.GetType().Name;
        var operation = OperationOf(service, request);
        IEnumerable<(string, string)> Named(string? resource) => [(operation, resource ?? $"unknown/{name}")];

        return NameOf(service) switch
        {
            "DynamoDB" when Value(request, "TransactItems") is IEnumerable items => items.Cast<object>().SelectMany(item => PartsOf(operation, item)),
            "DynamoDB" when Value(request, "RequestItems") is IDictionary tables => tables.Keys.Cast<string>().Select(table => (operation, $"table/{table}")),
            "DynamoDB" => Named(Table(request)),
            "Kinesis" => Named(Stream(request) is { } stream ? $"stream/{stream}" : null),
            "SNS" => Named(Last(request, "TopicArn", ':', "topic")),
            "SQS" => Named(Last(request, "QueueUrl", '/', "queue") ?? Last(request, "QueueName", '/', "queue")),
            "SESv2" => Named(Last(request, "FromEmailAddress", '@', "identity")?.TrimEnd('>')),
            "CloudFront" => Named(Text(request, "DistributionId") is null ? null : "distribution"),
            "ApiGatewayManagementApi" => Named(Method(name) is { } method ? $"connections/{method}" : null),
            "KMS" => Named(Last(request, "KeyId", '/', "key")),
            "SecretsManager" => Named(Last(request, "SecretId", ':', "secret")),
            "CloudFormation" => Named(Last(request, "StackName", '-', "stack")),
            _ => Named(null),
        };
    }

    /// <summary>The method is part of the ARN (API Gateway Developer Guide, "Control access to WebSocket APIs with AWS IAM authorization").</summary>
    private static string? Method(string request) => request switch
    {
        "PostToConnectionRequest" => "POST",
        "GetConnectionRequest" => "GET",
        "DeleteConnectionRequest" => "DELETE",
        _ => null,
    };

    private static string NameOf(string service) => service.Replace(" ", "", StringComparison.Ordinal);

    private static IEnumerable<(string Operation, string Resource)> PartsOf(string operation, object item) =>
        from part in Parts
        let value = Value(item, part)
        where value is not null
        select ($"{operation}.{part}", Table(value) ?? "unknown/table");

    private static string? Table(object request) =>
        Text(request, "TableName") is not { } table ? null
        : Text(request, "IndexName") is { } index ? $"table/{table}/index/{index}"
        : $"table/{table}";

    /// <summary>An iterator or a token to go on with is a stream's that was named before; no program reads two.</summary>
    private string? Stream(object request) =>
        _stream = Text(request, "StreamName") ?? Text(request, "StreamARN")?.Split('/')[^1] ?? _stream;

    private static string? Last(object request, string property, char separator, string kind) =>
        Text(request, property) is { } text ? $"{kind}/{text.Split(separator)[^1]}" : null;

    private static string? Text(object request, string property) => Value(request, property) as string is { Length: > 0 } text ? text : null;

    private static object? Value(object request, string property) => request.GetType().GetProperty(property)?.GetValue(request);
}
