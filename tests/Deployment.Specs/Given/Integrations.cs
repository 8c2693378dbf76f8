namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>Finds the function that an integration of API Gateway invokes.</summary>
internal static class Integrations
{
    /// <summary>
    /// An HTTP API names the function by its ARN. A WebSocket API needs an ARN of API Gateway that contains it
    /// (CloudFormation Template Reference, AWS::ApiGatewayV2::Integration, "IntegrationUri").
    /// </summary>
    public static Resource? FunctionOf(Cloud cloud, Resource integration)
    {
        if (!IsOfSockets(cloud, integration)) return cloud.Target(integration, "IntegrationUri");
        var uri = cloud.Tell(integration, "IntegrationUri");
        return cloud.Of("AWS::Lambda::Function").FirstOrDefault(function => uri ==
            $"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{function.Path}.Arn}}/invocations");
    }

    /// <summary>True for a part of a WebSocket API.</summary>
    public static bool IsOfSockets(Cloud cloud, Resource part) => cloud.Target(part, "ApiId")?["ProtocolType"]?.ToString() == "WEBSOCKET";
}
