namespace ServerlessCqrs.Calls;

/// <summary>A program's call of an AWS service.</summary>
/// <param name="Program">The program's name in the topology, or <c>Operator</c> with the command's words: <c>Operator
/// readmodel list</c>.</param>
/// <param name="Operation">
/// Service and operation: <c>DynamoDB.GetItem</c>. A transaction has an operation for each of its parts:
/// <c>DynamoDB.TransactWriteItems.Update</c>.
/// </param>
/// <param name="Resource">Kind and name: <c>table/orders-v1/index/by-customer</c>, <c>queue/events-to-mail</c>.</param>
public sealed record Call(
    string Program,
    string Operation,
    string Resource);
