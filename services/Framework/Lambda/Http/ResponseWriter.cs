using System.Buffers;
using System.IO.Pipelines;

namespace ServerlessCqrs.Lambda;

/// <summary>Buffers a response's body. A flush starts the response, as on Kestrel.</summary>
internal sealed class ResponseWriter(Func<CancellationToken, Task> start) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _completed;
    private int _flushed;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.WrittenCount - _flushed;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Open().GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Open().GetSpan(sizeHint);

    public override void Advance(int bytes) => Open().Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await start(cancellationToken);
        _flushed = _buffer.WrittenCount;
        return new FlushResult(isCanceled: false, isCompleted: _completed);
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null) => _completed = true;

    public void Clear() => _buffer.Clear();

    /// <summary>Replaces everything written.</summary>
    public void Reset(ReadOnlySpan<byte> content)
    {
        _buffer.Clear();
        _buffer.Write(content);
    }

    private ArrayBufferWriter<byte> Open() =>
        _completed ? throw new InvalidOperationException("Writing is not allowed after the writer was completed.") : _buffer;
}
