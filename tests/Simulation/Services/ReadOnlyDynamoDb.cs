using System.Reflection;
using System.Runtime.ExceptionServices;
using Amazon.DynamoDBv2;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>DynamoDB for a program that must not write. It reports each write, and does it.</summary>
public class ReadOnlyDynamoDb : DispatchProxy
{
    private static readonly string[] Writes = ["Put", "Update", "Delete", "BatchWrite", "TransactWrite"];

    private IAmazonDynamoDB? _inner;
    private Action<string>? _written;

    /// <param name="written">Called with the name of each operation that writes.</param>
    public static IAmazonDynamoDB Of(IAmazonDynamoDB inner, Action<string> written)
    {
        var proxy = Create<IAmazonDynamoDB, ReadOnlyDynamoDb>();
        ((ReadOnlyDynamoDb)(object)proxy)._inner = inner;
        ((ReadOnlyDynamoDb)(object)proxy)._written = written;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Writes.Any(write => targetMethod!.Name.StartsWith(write, StringComparison.Ordinal))) _written!(targetMethod!.Name);
        try
        {
            return targetMethod!.Invoke(_inner, args);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
