namespace ServerlessCqrs.Lambda;

/// <summary>Turns an invocation's payload into its response. An exception becomes the invocation's error.</summary>
internal interface IInvocationHandler
{
    /// <param name="payload">Belongs to the handler, which may overwrite it.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<ReadOnlyMemory<byte>> HandleAsync(byte[] payload, InvocationContext context, CancellationToken ct);
}
