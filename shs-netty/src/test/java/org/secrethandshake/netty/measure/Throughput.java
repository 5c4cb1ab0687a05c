package org.secrethandshake.netty.measure;

import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.netty.SecretHandshakeHandler;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One way over loopback, both ends in this process: the blocking channel and the handler, taking
 * turns over connections that stay open. Tells the ratio of their medians, of their best rounds,
 * and of the processor time that they took, which others on the machine disturb less. Arguments:
 * the backend, MiB a round, and rounds.
 */
public final class Throughput {
  private static final int CHUNK_BYTES = 60 * 1024;
  private static final int WARM_UP_ROUNDS = 3;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Throughput() {}

  private interface Way extends AutoCloseable {
    /** Sends so many bytes, and returns when they have all arrived. */
    void send(long bytes) throws Exception;
  }

  /** Runs. */
  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    // Whole chunks, of which the far end counts the bytes.
    long bytes = (Long.parseLong(arguments[1]) << 20) / CHUNK_BYTES * CHUNK_BYTES;
    int rounds = Integer.parseInt(arguments[2]);
    try (IdentityKeyPair both = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(both)
                .build();
        Way blocking = new Blocking(shs, both);
        Way netty = new Netty(shs, both)) {
      double[] blockings = new double[rounds];
      double[] nettys = new double[rounds];
      long blockingCpu = 0;
      long nettyCpu = 0;
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        long before = PROCESS.getProcessCpuTime();
        double one = megabytesPerSecond(blocking, bytes);
        long between = PROCESS.getProcessCpuTime();
        double other = megabytesPerSecond(netty, bytes);
        if (round >= 0) {
          blockingCpu += between - before;
          nettyCpu += PROCESS.getProcessCpuTime() - between;
          blockings[round] = one;
          nettys[round] = other;
        }
      }
      Arrays.sort(blockings);
      Arrays.sort(nettys);
      int last = rounds - 1;
      System.out.printf(
          "%s: blocking %.0f MB/s (best %.0f), Netty %.0f MB/s (best %.0f):"
              + " %.2f of the medians, %.2f of the best, %.2f by processor time%n",
          arguments[0],
          blockings[rounds / 2],
          blockings[last],
          nettys[rounds / 2],
          nettys[last],
          nettys[rounds / 2] / blockings[rounds / 2],
          nettys[last] / blockings[last],
          (double) blockingCpu / nettyCpu);
    }
  }

  private static double megabytesPerSecond(Way way, long bytes) throws Exception {
    long start = System.nanoTime();
    way.send(bytes);
    return bytes * 1e3 / (System.nanoTime() - start);
  }

  /** What the far end has got, and who waits for it. */
  private static final class Arrivals {
    private final SynchronousQueue<Boolean> all = new SynchronousQueue<>();
    private volatile long expected;
    private long got;

    void expect(long bytes) {
      expected = bytes;
    }

    void got(int bytes) throws InterruptedException {
      got += bytes;
      if (got == expected) {
        got = 0;
        all.put(true);
      }
    }

    void await() throws InterruptedException {
      all.take();
    }
  }

  private static final class Blocking implements Way {
    private final Arrivals arrivals = new Arrivals();
    private final SecretServer server;
    private final SecretChannel channel;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);

    Blocking(SecretHandshake shs, IdentityKeyPair both) throws Exception {
      server =
          SecretServer.builder(shs)
              .authorizer(Authorizer.anyone())
              .handler(this::drain)
              .start(new InetSocketAddress("127.0.0.1", 0));
      channel =
          shs.connect(SocketChannel.open(server.localAddress()), shs.serverKey(both.publicKey()));
    }

    private void drain(SecretChannel far) throws Exception {
      ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES);
      for (int count = far.read(received); count >= 0; count = far.read(received.clear())) {
        arrivals.got(count);
      }
    }

    @Override
    public void send(long bytes) throws Exception {
      arrivals.expect(bytes);
      for (long sent = 0; sent < bytes; sent += CHUNK_BYTES) {
        channel.write(chunk.clear());
      }
      arrivals.await();
    }

    @Override
    public void close() {
      channel.close();
      server.close();
    }
  }

  private static final class Netty implements Way {
    private final Arrivals arrivals = new Arrivals();
    private final EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ByteBuf chunk = Unpooled.wrappedBuffer(new byte[CHUNK_BYTES]);
    private final Channel channel;
    private long left;

    Netty(SecretHandshake shs, IdentityKeyPair both) throws Exception {
      Channel listener =
          new ServerBootstrap()
              .group(loops)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel far) {
                      far.pipeline()
                          .addLast(SecretHandshakeHandler.server(shs, Authorizer.anyone()))
                          .addLast(new Drain());
                    }
                  })
              .bind("127.0.0.1", 0)
              .sync()
              .channel();
      SecretHandshakeHandler handler =
          SecretHandshakeHandler.client(shs, shs.serverKey(both.publicKey()));
      channel =
          new Bootstrap()
              .group(loops)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel near) {
                      near.pipeline().addLast(handler, new Source());
                    }
                  })
              .connect(listener.localAddress())
              .sync()
              .channel();
      handler.handshakeFuture().sync();
    }

    private final class Drain extends ChannelInboundHandlerAdapter {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        ByteBuf received = (ByteBuf) message;
        int count = received.readableBytes();
        received.release();
        arrivals.got(count);
      }
    }

    /** Sends as fast as the channel is writable. */
    private final class Source extends ChannelInboundHandlerAdapter {
      @Override
      public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        sendWhatGoes();
      }
    }

    private void sendWhatGoes() {
      while (left > 0 && channel.isWritable()) {
        left -= CHUNK_BYTES;
        channel.writeAndFlush(chunk.retainedDuplicate());
      }
    }

    @Override
    public void send(long bytes) throws Exception {
      arrivals.expect(bytes);
      channel
          .eventLoop()
          .execute(
              () -> {
                left = bytes;
                sendWhatGoes();
              });
      arrivals.await();
    }

    @Override
    public void close() {
      channel.close().syncUninterruptibly();
      loops.shutdownGracefully().syncUninterruptibly();
      chunk.release();
    }
  }
}
